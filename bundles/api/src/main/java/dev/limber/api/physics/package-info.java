/// Rigid bodies: models, engines that simulate them, and worlds.
///
/// SI units; right-handed frames, x forward, y left, z up (REP 103); quaternions are (x, y, z, w); a joint's angle or
/// displacement is the child's relative to the parent's.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.physics;
