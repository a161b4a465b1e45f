/// Contract tests for environments and normalisers, and an environment whose every number is known beforehand.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.testing.environment;
