/// What every renderer must keep to, and scenes to test it with.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.testing.render;
