/// What renderers have in common, so that they draw the same: shapes, text and overlays as triangles, where parts stand,
/// and what the sun sees. Its arithmetic gives the same numbers on every machine.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.renderer.geometry;
