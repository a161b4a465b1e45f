package dev.limber.api.experiment;

import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.List;

/// Starts experiments and reads finished ones.
///
/// Every method throws [dev.limber.api.plugin.UsageException] for what cannot be, before anything is written.
public interface Experiments {

    /// Starts a new experiment on a thread of its own.
    Experiment start(ExperimentSpec spec, ExperimentListener listener);

    /// Goes on with a run from its newest checkpoint, on a thread of its own.
    ///
    /// @param run the run's directory
    /// @param steps the new total of steps, 0 to keep the run's
    Experiment resume(Path run, long steps, ExperimentListener listener);

    /// The experiments that run or pause now, whoever started them.
    default List<Experiment> running() {
        return List.of();
    }

    /// Plays a run's greedy policy.
    default Evaluation evaluate(EvaluationSpec spec) {
        return evaluate(spec, ExperimentListener.NONE);
    }

    /// Plays a run's greedy policy.
    ///
    /// @param listener hears of damaged checkpoints that are passed over
    Evaluation evaluate(EvaluationSpec spec, ExperimentListener listener);

    /// Plays a run's greedy policy and films the beginning.
    ///
    /// @param listener hears of damaged checkpoints that are passed over
    default Evaluation evaluate(EvaluationSpec spec, Filming filming, ExperimentListener listener) {
        throw new UsageException("evaluations cannot be filmed here");
    }

    /// Steps one copy of an environment and writes what happens as CSV.
    ///
    /// @return steps taken
    default long rollout(RolloutSpec spec) {
        return rollout(spec, ExperimentListener.NONE);
    }

    /// Steps one copy of an environment and writes what happens as CSV.
    ///
    /// @param listener hears of damaged checkpoints that are passed over
    /// @return steps taken
    long rollout(RolloutSpec spec, ExperimentListener listener);

    /// A run's greedy policy, to be played by the caller: on a robot.
    ///
    /// @param checkpoint "latest", "best" or a step
    /// @param listener hears of damaged checkpoints that are passed over
    default RunPolicy policy(Path run, String checkpoint, ExperimentListener listener) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " reads no policies");
    }

    /// Plays a run's greedy policy to be watched, on a thread of its own, until it is closed: in real time, with the newest
    /// weights, also of a run that is running.
    ///
    /// @param copies environment copies, at least 1
    /// @param listener hears of damaged checkpoints that are passed over, and of what it plays
    default Playback play(Path run, int copies, ExperimentListener listener) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " plays no runs");
    }
}
