/// Networks in plain Java for acting on small batches, reading the very parameters that are being trained.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.inference;
