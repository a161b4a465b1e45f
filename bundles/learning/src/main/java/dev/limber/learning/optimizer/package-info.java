/// First-order optimisers over flat parameters, in plain Java: one pass of the Vector API per step.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.optimizer;
