/// What there is to see and who draws it: environments publish a [dev.limber.api.render.Scene] and the poses of its
/// bodies, renderers turn both into pictures, and neither knows the other.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.render;
