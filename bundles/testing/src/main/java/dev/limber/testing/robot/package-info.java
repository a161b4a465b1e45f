/// What every robot driver must keep to.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.testing.robot;
