/// Pictures that outlive the renderers that draw them.
package dev.limber.experiment.render;
