/// A serial line that is read and written in fixed cycles.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.robot.serial;
