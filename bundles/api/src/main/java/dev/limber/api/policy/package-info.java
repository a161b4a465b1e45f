/// The function an agent holds: the policy pi(u|o), learned, planned or written by hand.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.policy;
