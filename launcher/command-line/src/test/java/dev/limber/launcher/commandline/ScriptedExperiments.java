package dev.limber.launcher.commandline;

import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Experiments that remember what was asked of them and end at once as the test says.
final class ScriptedExperiments implements Experiments {

    final List<Record> asked = new ArrayList<>();
    private final Experiment.Result result;
    private final RuntimeException failure;

    ScriptedExperiments(Experiment.Result result) {
        this.result = result;
        failure = null;
    }

    ScriptedExperiments(RuntimeException failure) {
        result = null;
        this.failure = failure;
    }

    @Override
    public Experiment start(ExperimentSpec spec, ExperimentListener listener) {
        asked.add(spec);
        return begin(spec, listener);
    }

    @Override
    public Experiment resume(Path run, long steps, ExperimentListener listener) {
        throw new UsageException("there is no run in '" + run + "'");
    }

    @Override
    public Evaluation evaluate(EvaluationSpec spec, ExperimentListener listener) {
        listener.note("checkpoint 2000 is skipped: it is no whole zip");
        asked.add(spec);
        return new Evaluation(spec.episodes(), 480.5, 10.25, 400, 500, 480.5, 1000, "CartPole-v1");
    }

    @Override
    public long rollout(RolloutSpec spec, ExperimentListener listener) {
        asked.add(spec);
        return 3;
    }

    private Experiment begin(ExperimentSpec spec, ExperimentListener listener) {
        if (failure instanceof UsageException) {
            throw failure;
        }
        return new Experiment() {
            @Override
            public ExperimentSpec spec() {
                return spec;
            }

            @Override
            public Path run() {
                return Path.of("runs", "it");
            }

            @Override
            public Status status() {
                return new Status(Phase.FINISHED, 0, 0, 0, 0, 0, 0);
            }

            @Override
            public void pause() {}

            @Override
            public void proceed() {}

            @Override
            public void checkpoint() {}

            @Override
            public void stop() {}

            @Override
            public Result await() {
                if (failure instanceof ExperimentFailedException failed) {
                    throw failed;
                }
                for (int percent = 0; percent <= 100; percent++) {
                    listener.progress(
                            new Status(Phase.RUNNING, percent * 1000L, 100_000, percent, 4.75 * percent, percent * .1,
                                    1e4));
                }
                return result;
            }
        };
    }
}
