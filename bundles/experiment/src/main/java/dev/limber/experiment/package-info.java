/// The runner: the two services that start experiments and read finished ones, and the runner's options.
package dev.limber.experiment;
