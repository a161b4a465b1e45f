/// Tests of the renderer.
package dev.limber.renderer.opengl;
