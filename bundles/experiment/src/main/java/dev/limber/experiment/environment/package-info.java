/// What the runner puts between an environment and the algorithm.
package dev.limber.experiment.environment;
