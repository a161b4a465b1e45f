/// A renderer on OpenGL 3.3: no window, no display server, all copies of a frame in one atlas. One thread owns the
/// context; what is named `Gl...` belongs to it.
package dev.limber.renderer.opengl;
