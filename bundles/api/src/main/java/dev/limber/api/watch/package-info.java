/// Watching what runs, while it runs: whoever looks [opens][dev.limber.api.watch.Watchable#watch] a watch, reads samples
/// from it, and sets the pace. What is watched never waits for whoever looks.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.watch;
