package dev.limber.environments;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import java.util.List;

/// A body on a line that is pushed along and must stay near the middle. Reward terms: squared distance, squared push.
final class SlidingKernel extends ArrayKernel {

    static final double EDGE = 1;
    static final EnvironmentSpec SPEC = spec().snapshot(Snapshot.EXACT).maxEpisodeSteps(40).build();

    private final double[] position = variable();
    private final double[] velocity = variable();
    private int closed;

    SlidingKernel(int copies) {
        super(copies);
    }

    static EnvironmentSpec.Builder spec() {
        return EnvironmentSpec
                .of("sliding", Box.unbounded("position [m]", "velocity [m/s]"),
                        new Box(new float[] {-2}, new float[] {1}, List.of("push [N]")))
                .rewardTerms(new RewardTerm("distance", -1), new RewardTerm("effort", -0.1))
                .state("position [m]", "velocity [m/s]");
    }

    /// Builds batches of such bodies.
    static EnvironmentFactory factory(EnvironmentSpec spec) {
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return spec;
            }

            @Override
            public Environment create(int copies, Options options) {
                return new BatchEnvironment(spec, copies, SlidingKernel::new);
            }
        };
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = random.nextDouble() - 0.5;
        velocity[copy] = 0;
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        for (int i = 0; i < terminated.length; i++) {
            velocity[i] += 0.1 * actions[i];
            position[i] += 0.1 * velocity[i];
            terms[i] = (float) (position[i] * position[i]);
            terms[terminated.length + i] = actions[i] * actions[i];
            terminated[i] = Math.abs(position[i]) > EDGE;
        }
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[2 * i] = (float) position[i];
            observations[2 * i + 1] = (float) velocity[i];
        }
    }

    @Override
    public void close() {
        closed++;
    }

    int timesClosed() {
        return closed;
    }
}
