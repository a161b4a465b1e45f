package dev.limber.testing.algorithm;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.algorithm.Progress;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an algorithm needs to learn, without a runner: for tests and for tuning. Everything happens on one thread.
public final class LearningRun implements AlgorithmContext, AutoCloseable {

    private static final int TRAINING = 0;
    private static final int ALGORITHM = 1;
    private static final int EVALUATION = 2;

    private final EnvironmentFactory factory;
    private final long seed;
    private final long totalSteps;
    private final Options options;
    private final Optional<Normalizer> normalizer;
    private final CountedEnvironment environment;
    private final Map<String, Double> measured = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /// A run whose environment has been reset.
    ///
    /// @param copies copies to learn from at once
    /// @param seed of everything random
    /// @param totalSteps environment steps the run is to take
    /// @param options of the algorithm
    /// @param normalizer of observations
    public LearningRun(EnvironmentFactory factory, int copies, long seed, long totalSteps, Options options,
            Optional<Normalizer> normalizer) {
        this.factory = factory;
        this.seed = seed;
        this.totalSteps = totalSteps;
        this.options = options;
        this.normalizer = normalizer;
        environment = new CountedEnvironment(factory.create(copies, Options.defaults()), normalizer);
        environment.reset(seeds(copies, TRAINING));
    }

    private long[] seeds(int copies, int purpose) {
        var seeds = new long[copies];
        Arrays.setAll(seeds, copy -> SeededRandom.childSeed(SeededRandom.childSeed(seed, purpose), copy));
        return seeds;
    }

    /// Learns until the run has taken all of its steps.
    ///
    /// @return the algorithm, which the caller closes
    public Algorithm learn(AlgorithmFactory algorithms) {
        Algorithm algorithm = algorithms.create(this);
        while (environment.steps() < totalSteps) {
            algorithm.iterate();
        }
        return algorithm;
    }

    /// What a policy trained in this run is given to play `copies` copies.
    public PolicyContext playing(int copies) {
        return new Playing(environment.spec(), copies, options, seed, factory);
    }

    private record Playing(EnvironmentSpec environment, int copies, Options options, long seed,
            EnvironmentFactory factory) implements PolicyContext {

        @Override
        public Environment newEnvironment(int simulated) {
            return factory.create(simulated, Options.defaults());
        }
    }

    /// The returns of all training episodes, in the order they ended.
    public double[] returns() {
        return environment.returns();
    }

    /// The mean return of the last `episodes` training episodes, of which there must be as many.
    public double meanReturn(int episodes) {
        double[] all = returns();
        return Arrays.stream(all, all.length - episodes, all.length).average().orElseThrow();
    }

    /// The returns of the greedy policy: one episode in each of `episodes` fresh copies.
    public double[] evaluate(Algorithm algorithm, int episodes) {
        var returns = new double[episodes];
        var done = new boolean[episodes];
        var starts = new boolean[episodes];
        Arrays.fill(starts, true);
        try (Environment fresh = newEnvironment(episodes);
                Policy policy = algorithm.policy(episodes)) {
            fresh.reset(seeds(episodes, EVALUATION));
            var actions = new float[episodes * fresh.spec().action().size()];
            var seen = new float[episodes * fresh.spec().observation().size()];
            for (int left = episodes; left > 0;) {
                Observations raw = fresh.observations();
                if (normalizer.isPresent()) {
                    normalizer.get().apply(raw.values(), episodes, seen);
                }
                policy.act(normalizer.isPresent() ? new Observations(seen, raw.pixels()) : raw, starts, actions);
                fresh.step(actions);
                for (int i = 0; i < episodes; i++) {
                    starts[i] = fresh.terminated()[i] || fresh.truncated()[i];
                    if (!done[i]) {
                        returns[i] += fresh.rewards()[i];
                        if (starts[i]) {
                            done[i] = true;
                            left--;
                        }
                    }
                }
            }
        }
        return returns;
    }

    /// The last value of each metric.
    public Map<String, Double> measured() {
        return Collections.unmodifiableMap(measured);
    }

    /// What the algorithm has told the user.
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    @Override
    public Environment environment() {
        return environment;
    }

    /// A batch that has not been reset, with observations as they are.
    @Override
    public Environment newEnvironment(int copies) {
        return factory.create(copies, Options.defaults());
    }

    @Override
    public Options options() {
        return options;
    }

    @Override
    public long seed() {
        return SeededRandom.childSeed(seed, ALGORITHM);
    }

    @Override
    public Metrics metrics() {
        return new Metrics() {
            @Override
            public Metric mean(String name, String description) {
                return last(name, description);
            }

            @Override
            public Metric last(String name, String description) {
                return value -> measured.put(name, value);
            }
        };
    }

    @Override
    public Progress progress() {
        return new Progress() {
            @Override
            public long steps() {
                return environment.steps();
            }

            @Override
            public long totalSteps() {
                return totalSteps;
            }
        };
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public void close() {
        environment.close();
    }
}
