package dev.limber.api.experiment;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.watch.Watchable;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// A running experiment. Requests return at once and are carried out between two iterations. Thread-safe.
public interface Experiment extends Watchable {

    /// What was asked for.
    ExperimentSpec spec();

    /// The run's directory.
    Path run();

    /// How far it has come.
    Status status();

    /// Asks to pause: after the iteration that runs, or after the step that runs where the [pace][#pace] is limited.
    @Override
    void pause();

    /// Asks to write a checkpoint.
    void checkpoint();

    /// Asks to write a checkpoint and stop. The run can be resumed.
    void stop();

    /// Asks to weigh a term of the reward anew.
    ///
    /// @throws dev.limber.api.plugin.UsageException where there is no such term
    default void weighReward(String term, double weight) {
        throw new UsageException("the reward of this experiment cannot be weighed anew");
    }

    /// Waits until it has ended, for whatever reason.
    ///
    /// @throws ExperimentFailedException where it failed; the newest checkpoint stays
    Result await() throws InterruptedException;

    /// The phases of an experiment.
    enum Phase {
        /// Taking steps.
        RUNNING,
        /// Waiting for [#proceed].
        PAUSED,
        /// Took all its steps.
        FINISHED,
        /// Was asked to stop.
        STOPPED,
        /// Threw.
        FAILED
    }

    /// A moment of an experiment.
    ///
    /// @param phase what it does
    /// @param step environment steps taken
    /// @param totalSteps environment steps to take
    /// @param episodes finished training episodes
    /// @param meanReturn mean return of the last 100 training episodes; NaN before the first
    /// @param seconds time spent running [s]
    /// @param stepsPerSecond rate over the last moments
    record Status(Phase phase, long step, long totalSteps, long episodes, double meanReturn, double seconds,
            double stepsPerSecond) {}

    /// How an experiment ended.
    ///
    /// @param run the run's directory
    /// @param finished false where it was stopped before its last step
    /// @param steps environment steps taken
    /// @param episodes finished training episodes
    /// @param meanReturn mean return of the last 100 training episodes; NaN before the first
    /// @param threshold mean return from which the task counts as solved; empty where the environment names none, or where
    ///        the reward is not the environment's own
    /// @param stepsToThreshold steps at which that mean first passed the environment's threshold; -1 where it has not, or
    ///        there is none, or fewer than 100 episodes have ended
    /// @param seconds time spent running, of all processes together [s]
    record Result(Path run, boolean finished, long steps, long episodes, double meanReturn, OptionalDouble threshold,
            long stepsToThreshold, double seconds) {}
}
