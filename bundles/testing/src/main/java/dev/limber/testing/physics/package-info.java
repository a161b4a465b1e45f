/// The contract of physics engines, as tests that every engine extends.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.testing.physics;
