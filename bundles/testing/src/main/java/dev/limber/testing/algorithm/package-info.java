/// Contract tests for algorithms, and a run to learn in without a runner.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.testing.algorithm;
