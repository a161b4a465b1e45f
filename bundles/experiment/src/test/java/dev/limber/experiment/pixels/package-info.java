/// Tests of observed pixels, with the renderer in plain Java.
package dev.limber.experiment.pixels;
