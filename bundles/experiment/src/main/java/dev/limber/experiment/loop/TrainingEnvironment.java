package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.watch.Lookout;
import java.util.Optional;

/// The environment that an algorithm trains in: every step is checked and counted, and teaches the normaliser before the
/// algorithm sees it.
final class TrainingEnvironment extends NormalizedEnvironment {

    private final Optional<Normalizer> normalizer;
    private final EpisodeStatistics statistics;
    private final FiniteCheck check;
    private final double stepSeconds;
    private Optional<Lookout> lookout = Optional.empty();
    private boolean moved;

    TrainingEnvironment(Environment delegate, Optional<Normalizer> normalizer, EpisodeStatistics statistics) {
        super(delegate, normalizer);
        this.normalizer = normalizer;
        this.statistics = statistics;
        check = new FiniteCheck(delegate.spec());
        stepSeconds = delegate.spec().stepSeconds();
    }

    /// Lets `other` look at every step from now on.
    void watchedBy(Lookout other, PlannedEnvironment planned) {
        lookout = Optional.of(other);
        other.watch(delegate(), planned);
    }

    /// True where anything has happened to the environment since this stands before it.
    boolean moved() {
        return moved;
    }

    @Override
    public void reset(long[] seeds) {
        moved = true;
        delegate().reset(seeds);
        statistics.restartEpisodes();
        float[] values = delegate().observations().values();
        check.observations(values, statistics.steps());
        learn();
        normalize();
    }

    @Override
    public void step(float[] actions) {
        moved = true;
        if (lookout.isPresent()) {
            lookout.get().beforeStep(stepSeconds);
        }
        delegate().step(actions);
        statistics.step(delegate());
        check.step(delegate(), statistics.steps());
        learn();
        normalize();
        if (lookout.isPresent()) {
            lookout.get().afterStep(actions, statistics.steps());
        }
    }

    @Override
    public void setRewardWeights(double[] weights) {
        super.setRewardWeights(weights);
        statistics.setWeights(weights);
    }

    @Override
    public void setState(int copy, double[] state) {
        moved = true;
        super.setState(copy, state);
    }

    @Override
    public void restore(State state) {
        moved = true;
        super.restore(state);
        check.observations(delegate().observations().values(), statistics.steps());
    }

    private void learn() {
        if (normalizer.isPresent()) {
            float[] values = delegate().observations().values();
            if (values.length > 0) {
                normalizer.get().learn(values, delegate().copies());
            }
        }
    }
}
