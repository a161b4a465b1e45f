/// Tests of films, which are read back.
package dev.limber.renderer.video;
