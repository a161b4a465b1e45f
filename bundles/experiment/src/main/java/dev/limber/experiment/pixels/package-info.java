/// Seeing instead of knowing: environments with a scene, observed as pictures.
package dev.limber.experiment.pixels;
