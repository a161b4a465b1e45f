/// The run's directory: its lock, its description and its journal.
package dev.limber.experiment.run;
