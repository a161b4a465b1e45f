/// The recorders that come with the runner, and the thread that feeds all recorders.
package dev.limber.experiment.record;
