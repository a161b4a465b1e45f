/// Replay memories for off-policy learners: millions of transitions off the heap, sampled into buffers that DJL wraps
/// without a copy.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.replay;
