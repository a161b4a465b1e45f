package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Filming;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.io.IOException;
import java.util.Optional;

/// Evaluates the policy of a run, greedy, with the normaliser as training left it.
public final class Evaluator {

    private final RunReader runs;

    /// An evaluator of runs whose plug-ins are found by `runs`.
    public Evaluator(RunReader runs) {
        this.runs = runs;
    }

    /// Evaluates.
    public Evaluation evaluate(EvaluationSpec spec, Optional<Filming> filming) throws IOException {
        if (spec.episodes() < 1) {
            throw new UsageException("episodes must be at least 1, not " + spec.episodes());
        }
        TrainedPolicy trained = runs.read(spec.run(), spec.checkpoint());
        PlannedEnvironment played = spec.environment().isPresent()
                ? runs.environment(spec.environment().get(), trained.plan().environment().pixelSettings())
                : trained.plan().environment();
        trained.requireFit(played.spec());
        int copies = EpisodePlayer.copies(spec.episodes());
        try (Environment environment = played.create(copies);
                Policy policy = trained.policy(played, copies, spec.seed())) {
            if (filming.isEmpty()) {
                return EpisodePlayer.play(environment, trained.normalizer(), policy, spec.episodes(), spec.seed(),
                        trained.step());
            }
            try (Film film = Film.open(filming.get(), played)) {
                Evaluation evaluation = EpisodePlayer.play(environment, trained.normalizer(), policy, spec.episodes(),
                        spec.seed(), trained.step(), film, () -> false);
                film.finish();
                return evaluation;
            }
        }
    }
}
