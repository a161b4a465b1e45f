package dev.limber.api.study;

import java.nio.file.Path;
import java.util.List;

/// A running study. Thread-safe.
public interface Study {

    /// Where runs and results go.
    Path folder();

    /// How far it has come.
    Status status();

    /// Asks every experiment to write a checkpoint and stop, and starts no more. The study can be started again.
    void stop();

    /// Waits until it has ended, for whatever reason.
    Result await() throws InterruptedException;

    /// A moment of a study.
    ///
    /// @param done experiments that are finished and evaluated
    /// @param running experiments at work
    /// @param waiting experiments yet to start
    /// @param failed experiments that threw
    /// @param fraction of all steps that has been taken, 0 to 1
    /// @param stepsPerSecond rate since the start, all experiments together
    /// @param secondsLeft time left at that rate [s]; NaN where it is not known yet
    record Status(int done, int running, int waiting, int failed, double fraction, double stepsPerSecond,
            double secondsLeft) {}

    /// How a study ended.
    ///
    /// @param finished false where it was stopped before its last experiment
    /// @param failures one line for each experiment that failed
    /// @param comparison of what has been finished
    record Result(boolean finished, List<String> failures, Comparison comparison) {

        /// Copies the list.
        public Result {
            failures = List.copyOf(failures);
        }
    }
}
