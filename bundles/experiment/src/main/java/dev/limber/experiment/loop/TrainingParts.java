package dev.limber.experiment.loop;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Progress;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import java.util.Optional;
import java.util.function.Consumer;

/// What one experiment is made of: environment, normaliser, algorithm, counts and metrics, all on one thread. Between
/// two iterations any of them can be saved, replaced and restored.
final class TrainingParts implements AutoCloseable {

    private static final String SCHEMA = "dev.limber.experiment";
    private static final long ENVIRONMENT_STREAM = 0;
    private static final long ALGORITHM_STREAM = 1;
    private static final long RESTART_STREAM = 2;

    private final Plan plan;
    private final MetricBook metrics = new MetricBook();
    private final Optional<Normalizer> normalizer;
    private final EpisodeStatistics statistics;
    private final TrainingEnvironment environment;
    private final Algorithm algorithm;

    /// Builds all parts on the calling thread.
    ///
    /// @param notes hears what the algorithm has to say
    TrainingParts(Plan plan, Consumer<String> notes) {
        this.plan = plan;
        normalizer = plan.createNormalizer();
        statistics = new EpisodeStatistics(plan.environment().spec(), plan.copies(), metrics);
        Environment batch = plan.environment().create(plan.copies(), plan.threads());
        try {
            environment = new TrainingEnvironment(batch, normalizer, statistics);
            environment.reset(seeds(ENVIRONMENT_STREAM));
            algorithm = plan.algorithmFactory().create(new Context(notes));
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
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
        var state = new State(SCHEMA, 1).put("algorithm", algorithm.save());
        environmentState.ifPresent(part -> state.put("environment", part));
        normalizer.ifPresent(part -> state.put("normalizer", part.save()));
        return state.put("episodes", statistics.save()).put("metrics", metrics.save()).put("runner", runner);
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
            notes.accept(plan.environment().info().name()
                    + " cannot save its state: the episodes that were running start anew");
            environment.reset(seeds(RESTART_STREAM + statistics.steps()));
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
