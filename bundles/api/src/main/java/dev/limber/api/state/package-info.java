/// State that outlives the object and the class loader it came from: what checkpoints, resumed runs and hot swaps carry.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.state;
