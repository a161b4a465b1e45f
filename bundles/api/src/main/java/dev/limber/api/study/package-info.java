/// Studies: many experiments as one, what came of them, and the comparison of runs that exist.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.study;
