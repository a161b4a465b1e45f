/// Robots, simulated and real: named joints that are measured and commanded.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.robot;
