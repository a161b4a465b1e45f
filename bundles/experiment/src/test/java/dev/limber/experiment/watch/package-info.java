/// Tests of looking at an environment.
package dev.limber.experiment.watch;
