/// Advantage actor-critics: a learner for losses of one's own, which is what A2C is made of.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.actorcritic;
