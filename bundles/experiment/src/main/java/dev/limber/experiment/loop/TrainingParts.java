package dev.limber.experiment.loop;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Progress;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.experiment.environment.RewardedEnvironment;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.SpaceFit;
import dev.limber.experiment.watch.Lookout;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What one experiment is made of: environment, normaliser, algorithm, counts and metrics, all on one thread. Between
/// two iterations any of them can be saved, replaced and restored.
final class TrainingParts implements AutoCloseable {

    private static final String SCHEMA = "dev.limber.experiment";
    private static final long ENVIRONMENT_STREAM = 0;
    private static final long ALGORITHM_STREAM = 1;
    private static final long RESTART_STREAM = 2;

    private final MetricBook metrics;
    private final Optional<Normalizer> normalizer;
    private final EpisodeStatistics statistics;
    private final Environment batch;
    private final Environment rewarded;
    private final TrainingEnvironment environment;
    private final Algorithm algorithm;
    private Plan plan;

    /// Builds all parts on the calling thread.
    ///
    /// @param notes hears what the algorithm has to say
    TrainingParts(Plan plan, Consumer<String> notes) {
        this.plan = plan;
        metrics = new MetricBook();
        normalizer = plan.createNormalizer();
        statistics = new EpisodeStatistics(plan.environment().spec(), plan.copies(), metrics);
        batch = plan.environment().createBatch(plan.copies(), plan.threads());
        try {
            rewarded = plan.environment().reward(batch);
            environment = new TrainingEnvironment(rewarded, normalizer, statistics);
            environment.reset(seeds(ENVIRONMENT_STREAM));
            algorithm = Objects.requireNonNull(plan.algorithmFactory().create(new Context(notes)),
                    "it creates no algorithm, but null");
        } catch (Throwable refusal) { // plug-ins may throw anything
            close(batch, refusal);
            throw refusal;
        }
    }

    /// Builds parts that go on where others are, on the calling thread. What a plug-in of both plans builds is shared, so
    /// either `before` or these may be used, and one of them must be [dropped][#closeBeside].
    ///
    /// @param snapshot the state of `before`
    /// @param notes hears what the algorithm has to say, and what could not be taken over
    /// @throws NoWayBackException where `before` can go on no more; after all else that is thrown it is as it was
    TrainingParts(Plan plan, TrainingParts before, State snapshot, Consumer<String> notes) {
        this.plan = plan;
        metrics = before.metrics;
        Plan old = before.plan;
        SpaceFit.require(old.environment().spec(), plan.environment().spec());
        boolean sameBatch = old.environment().factory() == plan.environment().factory();
        boolean sameNormalizer = old.normalizer().map(part -> part.factory())
                .equals(plan.normalizer().map(part -> part.factory()));
        normalizer = sameNormalizer ? before.normalizer : plan.createNormalizer();
        statistics = new EpisodeStatistics(plan.environment().spec(), plan.copies(), metrics);
        batch = sameBatch ? before.batch : plan.environment().createBatch(plan.copies(), plan.threads());
        Optional<Environment> rewards = Optional.empty();
        Optional<TrainingEnvironment> shown = Optional.empty();
        try {
            requireShape();
            if (!sameNormalizer) {
                normalizer.ifPresent(part -> part.restore(snapshot.state("normalizer")));
            }
            statistics.restore(snapshot.state("episodes"));
            distinguishReward(old);
            rewarded = plan.environment().reward(batch);
            rewards = Optional.of(rewarded);
            environment = new TrainingEnvironment(rewarded, normalizer, statistics);
            shown = Optional.of(environment);
            if (sameBatch) {
                environment.normalize();
            } else {
                takeUp(snapshot, notes);
            }
            algorithm = plan.algorithmFactory().create(new Context(notes), snapshot.state("algorithm"));
        } catch (Throwable refusal) { // plug-ins may throw anything
            rewards.ifPresent(each -> close(() -> closeRewards(each), refusal));
            if (!sameBatch) {
                close(batch, refusal);
            }
            // Nothing that is shared should have moved by now, but who knows what a constructor did.
            boolean moved = sameBatch && shown.filter(TrainingEnvironment::moved).isPresent();
            try {
                before.goBack(snapshot, moved, notes);
            } catch (Throwable thrown) {
                var stuck = new NoWayBackException(FailureLine.of(refusal), before.statistics.steps(), thrown);
                stuck.addSuppressed(refusal);
                throw stuck;
            }
            throw refusal;
        }
    }

    private static void close(AutoCloseable part, Throwable refusal) {
        try {
            part.close();
        } catch (Throwable e) { // of a plug-in that goes anyway
            refusal.addSuppressed(e);
        }
    }

    /// Throws unless the environment shows as many numbers as its spec says.
    ///
    /// @throws UsageException naming the environment
    void requireShape() {
        EnvironmentSpec spec = plan.environment().spec();
        int values = batch.observations().values().length;
        if (batch.copies() != plan.copies() || values != 0 && values != plan.copies() * spec.observation().size()) {
            throw new UsageException("observation of " + plan.environment().info().name() + " has "
                    + values / plan.copies() + " values, its spec says " + spec.observation().size());
        }
    }

    private void takeUp(State snapshot, Consumer<String> notes) {
        boolean able = plan.environment().spec().snapshot() != Snapshot.NONE;
        if (able && snapshot.has("environment")) {
            rewarded.reset(seeds(RESTART_STREAM)); // an environment is reset before it does anything
            environment.restore(snapshot.state("environment"));
        } else {
            startEpisodesAnew(notes);
        }
    }

    private void startEpisodesAnew(Consumer<String> notes) {
        notes.accept(plan.environment().info().name()
                + " cannot save its state: the episodes that were running start anew");
        environment.reset(seeds(RESTART_STREAM + statistics.steps()));
    }

    /// Comes back to a snapshot of these very parts.
    ///
    /// @param moved false where the environment is where it was
    void goBack(State snapshot, boolean moved, Consumer<String> notes) {
        normalizer.ifPresent(part -> part.restore(snapshot.state("normalizer")));
        statistics.restore(snapshot.state("episodes"));
        metrics.restore(snapshot.state("metrics"));
        if (rewarded == batch) {
            plan.environment().reward(batch); // what was shared may have been weighed anew
        }
        if (moved && snapshot.has("environment")) {
            environment.restore(snapshot.state("environment"));
        } else if (moved) {
            startEpisodesAnew(notes);
        } else {
            environment.normalize();
        }
        algorithm.restore(snapshot.state("algorithm"));
    }

    /// True where these parts have moved the environment of others.
    boolean moved(TrainingParts others) {
        return batch == others.batch && environment.moved();
    }

    /// Closes these parts, but for what `others` share.
    void closeBeside(TrainingParts others) {
        try {
            algorithm.close();
        } finally {
            closeRewards(rewarded);
            if (batch != others.batch) {
                batch.close();
            }
        }
    }

    private static void closeRewards(Environment environment) {
        if (environment instanceof RewardedEnvironment wrapped) {
            wrapped.closeRewards();
        }
    }

    /// Weighs the terms of the reward as another plan says, which differs from this one in nothing else.
    void weigh(Plan other) {
        Plan old = plan;
        plan = other;
        environment.setRewardWeights(other.environment().spec().rewardWeights());
        distinguishReward(old);
    }

    /// Keeps returns apart from those of the reward before, where that was another.
    private void distinguishReward(Plan old) {
        if (!old.environment().sameReward(plan.environment())) {
            statistics.rewardChanged(plan.environment().spec().rewardThreshold());
        }
    }

    /// Lets `lookout` look at every step from now on.
    void watchedBy(Lookout lookout) {
        environment.watchedBy(lookout, plan.environment());
    }

    /// What the parts were built from.
    Plan plan() {
        return plan;
    }

    private long[] seeds(long stream) {
        long root = SeededRandom.childSeed(plan.seed(), stream);
        var seeds = new long[plan.copies()];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = SeededRandom.childSeed(root, i);
        }
        return seeds;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    EpisodeStatistics statistics() {
        return statistics;
    }

    MetricBook metrics() {
        return metrics;
    }

    Optional<Normalizer> normalizer() {
        return normalizer;
    }

    /// Saves the environment, where it can be.
    Optional<State> saveEnvironment() {
        return plan.environment().spec().snapshot() == Snapshot.NONE
                ? Optional.empty()
                : Optional.of(environment.save());
    }

    /// The state of everything.
    ///
    /// @param environmentState from [#saveEnvironment]
    /// @param runner what the loop adds
    State save(Optional<State> environmentState, State runner) {
        return state(algorithm.save(), environmentState, runner);
    }

    /// The state of everything, good until the algorithm iterates or is restored.
    ///
    /// @param environmentState from [#saveEnvironment]
    /// @param runner what the loop adds
    State lend(Optional<State> environmentState, State runner) {
        return state(algorithm.lend(), environmentState, runner);
    }

    private State state(State algorithmState, Optional<State> environmentState, State runner) {
        var state = new State(SCHEMA, 1).put("algorithm", algorithmState);
        environmentState.ifPresent(part -> state.put("environment", part));
        normalizer.ifPresent(part -> state.put("normalizer", part.save()));
        return state.put("episodes", statistics.save()).put("metrics", metrics.save()).put("runner", runner);
    }

    /// Takes over the state of parts of another plan.
    ///
    /// @param old that plan
    /// @param notes hears what could not be taken over
    void restore(Plan old, State state, Consumer<String> notes) {
        restore(state, notes);
        distinguishReward(old);
    }

    /// Takes over the state of everything.
    ///
    /// @param notes hears what could not be taken over
    /// @return what the loop had added
    State restore(State state, Consumer<String> notes) {
        state.expect(SCHEMA, 1);
        normalizer.ifPresent(part -> part.restore(state.state("normalizer")));
        statistics.restore(state.state("episodes"));
        if (state.has("environment")) {
            environment.restore(state.state("environment"));
        } else {
            startEpisodesAnew(notes);
        }
        algorithm.restore(state.state("algorithm"));
        metrics.restore(state.state("metrics"));
        return state.state("runner");
    }

    @Override
    public void close() {
        try {
            algorithm.close();
        } finally {
            environment.close();
        }
    }

    /// What the algorithm is given.
    private final class Context implements AlgorithmContext, Progress {

        private final Consumer<String> notes;
        private final Options options = plan.algorithmOptions().options();

        Context(Consumer<String> notes) {
            this.notes = notes;
        }

        @Override
        public Environment environment() {
            return environment;
        }

        @Override
        public Environment newEnvironment(int copies) {
            return new NormalizedEnvironment(plan.environment().create(copies), normalizer);
        }

        @Override
        public Options options() {
            return options;
        }

        @Override
        public long seed() {
            return SeededRandom.childSeed(plan.seed(), ALGORITHM_STREAM);
        }

        @Override
        public Metrics metrics() {
            return metrics;
        }

        @Override
        public Progress progress() {
            return this;
        }

        @Override
        public long steps() {
            return statistics.steps();
        }

        @Override
        public long totalSteps() {
            return plan.steps();
        }

        @Override
        public Device device() {
            return plan.device();
        }

        @Override
        public void note(String message) {
            notes.accept(message);
        }
    }
}
