/// How a hyper-parameter changes over an experiment.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.schedule;
