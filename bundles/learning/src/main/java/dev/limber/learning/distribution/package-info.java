/// Distributions over actions, drawn from, scored and measured batch by batch in plain Java, for acting.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.distribution;
