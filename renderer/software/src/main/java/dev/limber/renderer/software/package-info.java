/// A renderer in plain Java: a z-buffer, light per vertex, one shadow map. It gives the same bytes on every machine.
package dev.limber.renderer.software;
