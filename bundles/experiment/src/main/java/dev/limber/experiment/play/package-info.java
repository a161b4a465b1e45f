/// Playing without learning: evaluation over whole episodes, and rollouts to CSV.
package dev.limber.experiment.play;
