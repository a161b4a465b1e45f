/// The world as an agent meets it: batches of copies that take actions and give observations and rewards.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.environment;
