/// The one source of randomness: generators that split off an experiment's seed and whose state can be saved.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.random;
