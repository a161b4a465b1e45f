/// Films written with FFmpeg.
package dev.limber.renderer.video;
