/// What a rollout says each state and action were worth: advantages and returns, the targets of learning.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.returns;
