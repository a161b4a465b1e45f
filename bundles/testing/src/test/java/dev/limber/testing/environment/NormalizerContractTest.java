package dev.limber.testing.environment;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.space.Space;
import dev.limber.api.state.State;
import java.util.Arrays;

/// The contract holds for the simplest normaliser that learns: one that divides by the largest number seen.
class NormalizerContractTest extends NormalizerContract {

    @Override
    protected NormalizerFactory factory() {
        return (space, options) -> new DivideByLargest(space);
    }

    private static final class DivideByLargest implements Normalizer {

        private final Space space;
        private final float[] largest;

        DivideByLargest(Space space) {
            this.space = space;
            largest = new float[space.size()];
            Arrays.fill(largest, 1);
        }

        @Override
        public void learn(float[] observations, int rows) {
            space.check(observations, rows, "observation");
            for (int i = 0; i < observations.length; i++) {
                int k = i % largest.length;
                largest[k] = Math.max(largest[k], Math.abs(observations[i]));
            }
        }

        @Override
        public void apply(float[] observations, int rows, float[] target) {
            for (int i = 0; i < rows * largest.length; i++) {
                target[i] = observations[i] / largest[i % largest.length];
            }
        }

        @Override
        public State save() {
            return new State("test.divide-by-largest", 1).put("largest", largest);
        }

        @Override
        public void restore(State state) {
            state.expect("test.divide-by-largest", 1).read("largest", largest);
        }
    }
}
