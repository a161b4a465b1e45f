package dev.limber.launcher.gui;

import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.Playback;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.gui.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Recorded runs, of which one kind of thing can be asked: to be played.
///
/// @param playback what plays, whichever run it is
public record RecordedRuns(Playback playback) implements Experiments {

    /// A recorded run.
    public static Run run(Path folder) {
        return new Run(folder, "CartPole-v1", "a2c", 0, Instant.EPOCH,
                new Status(Phase.FINISHED, 1000, 1000, 10, 100, 1, 1000), List.of(), Optional.empty(), "");
    }

    @Override
    public Playback play(Path run, int copies, ExperimentListener listener) {
        return playback;
    }

    @Override
    public Experiment start(ExperimentSpec spec, ExperimentListener listener) {
        throw new AssertionError("nothing is started");
    }

    @Override
    public Experiment resume(Path run, long steps, ExperimentListener listener) {
        throw new AssertionError("nothing is resumed");
    }

    @Override
    public Evaluation evaluate(EvaluationSpec spec, ExperimentListener listener) {
        throw new AssertionError("nothing is evaluated");
    }

    @Override
    public long rollout(RolloutSpec spec, ExperimentListener listener) {
        throw new AssertionError("nothing is rolled out");
    }
}
