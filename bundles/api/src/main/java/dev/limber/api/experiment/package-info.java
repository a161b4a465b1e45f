/// Experiments: what the command line and the GUI start, watch and read.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.experiment;
