package dev.limber.learning.normalization;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.space.Box;
import dev.limber.api.state.State;

/// Shifts and scales every component of an observation to mean 0 and variance 1 over all that was learned from, then
/// clips: `clamp((o - mean) / sqrt(variance + epsilon), -clip, clip)`, the observation normalisation of
/// Andrychowicz et al., "What Matters In On-Policy Reinforcement Learning?", 2020. Before it has learned anything it only clips.
public final class RunningNormalizer implements Normalizer {

    private static final String SCHEMA = "dev.limber.learning.normalization.RunningNormalizer";

    private final Box observation;
    private final double clip;
    private final double epsilon;
    private final RunningMoments moments;
    private final double[] scale;

    /// A normaliser that has learned nothing.
    ///
    /// @param clip bound of what comes out, more than 0
    /// @param epsilon added to the variance, more than 0, so that a component that never changes comes out as 0
    public RunningNormalizer(Box observation, double clip, double epsilon) {
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip is " + clip + ", it must be more than 0");
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", it must be more than 0");
        }
        this.observation = observation;
        this.clip = clip;
        this.epsilon = epsilon;
        moments = new RunningMoments(observation.size());
        scale = new double[observation.size()];
        rescale();
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalArgumentException where a component is not finite, naming it; nothing has been learned then
    @Override
    public void learn(float[] observations, int rows) {
        check(observations, rows);
        moments.add(observations, rows);
        rescale();
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalArgumentException where a component is not finite, naming it; nothing has been written then
    @Override
    public void apply(float[] observations, int rows, float[] target) {
        check(observations, rows);
        int size = scale.length;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                double normal = (observations[row * size + i] - moments.mean(i)) * scale[i];
                target[row * size + i] = (float) Math.clamp(normal, -clip, clip);
            }
        }
    }

    private void rescale() {
        for (int i = 0; i < scale.length; i++) {
            scale[i] = moments.count() == 0 ? 1 : 1 / Math.sqrt(moments.variance(i) + epsilon);
        }
    }

    private void check(float[] observations, int rows) {
        int size = scale.length;
        for (int i = 0; i < rows * size; i++) {
            if (!Float.isFinite(observations[i])) {
                throw new IllegalArgumentException(
                        "observation of copy " + i / size + " is " + observations[i] + " in '"
                                + observation.names().get(i % size) + "', only finite numbers can be normalised");
            }
        }
    }

    @Override
    public State save() {
        return new State(SCHEMA, 1).put("moments", moments.save());
    }

    @Override
    public void restore(State state) {
        moments.restore(state.expect(SCHEMA, 1).state("moments"));
        rescale();
    }
}
