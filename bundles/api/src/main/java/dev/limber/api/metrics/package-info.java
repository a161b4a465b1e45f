/// Measurements of a run: where algorithms put them, and where recorders take them.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.metrics;
