package dev.limber.algorithms.a2c;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Image;
import dev.limber.environments.ArrayKernel;
import dev.limber.environments.BatchEnvironment;
import dev.limber.testing.algorithm.ForwardingEnvironment;

/// Pictures with a spot somewhere in the left or the right half; an episode is one step, which says where. Nothing but the
/// picture tells.
final class Spot implements EnvironmentFactory {

    private static final int SIZE = 16;
    private static final int BACKGROUND = 120;
    private static final int BRIGHTER = 90;

    @Override
    public EnvironmentSpec spec(Options options) {
        return EnvironmentSpec.of("Spot-v0", Box.unbounded(), Discrete.of("left", "right"))
                .image(new Image(SIZE, SIZE, 1)).state("column [1]", "row [1]")
                .snapshot(EnvironmentSpec.Snapshot.EXACT).build();
    }

    @Override
    public Environment create(int copies, Options options) {
        EnvironmentSpec drawn = spec(options);
        EnvironmentSpec told = EnvironmentSpec.of(drawn.name(), Box.unbounded("column [1]", "row [1]"), drawn.action())
                .state("column [1]", "row [1]").snapshot(drawn.snapshot()).build();
        return new Drawn(new BatchEnvironment(told, copies, Places::new), drawn);
    }

    private static final class Places extends ArrayKernel {

        private final double[] column = variable();
        private final double[] row = variable();

        Places(int copies) {
            super(copies);
        }

        @Override
        public void begin(int copy, SeededRandom random) {
            column[copy] = random.nextInt(SIZE / 2 - 3) + (random.nextInt(2) == 0 ? 0 : SIZE / 2 + 1);
            row[copy] = random.nextInt(SIZE - 2);
        }

        @Override
        public void step(float[] actions, float[] terms, boolean[] terminated) {
            for (int i = 0; i < column.length; i++) {
                terms[i] = actions[i] == (column[i] < SIZE / 2 ? 0 : 1) ? 1 : 0;
                terminated[i] = true;
            }
        }

        @Override
        public void observe(int from, int to, float[] observations) {
            for (int i = from; i < to; i++) {
                observations[2 * i] = (float) column[i];
                observations[2 * i + 1] = (float) row[i];
            }
        }
    }

    private static final class Drawn extends ForwardingEnvironment {

        private final EnvironmentSpec spec;
        private final Observations shown;
        private final Observations last;

        Drawn(Environment places, EnvironmentSpec spec) {
            super(places);
            this.spec = spec;
            shown = new Observations(new float[0], new byte[places.copies() * SIZE * SIZE]);
            last = new Observations(new float[0], new byte[places.copies() * SIZE * SIZE]);
        }

        @Override
        public EnvironmentSpec spec() {
            return spec;
        }

        @Override
        public Observations observations() {
            return draw(environment.observations(), shown);
        }

        @Override
        public Observations finalObservations() {
            return draw(environment.finalObservations(), last);
        }

        private static Observations draw(Observations places, Observations target) {
            byte[] pixels = target.pixels();
            for (int i = 0; i < pixels.length; i++) {
                int copy = i / (SIZE * SIZE);
                int x = i % SIZE - (int) places.values()[2 * copy];
                int y = i / SIZE % SIZE - (int) places.values()[2 * copy + 1];
                pixels[i] = (byte) (x >= 0 && x < 3 && y >= 0 && y < 3 ? BACKGROUND + BRIGHTER : BACKGROUND + i % 7);
            }
            return target;
        }
    }
}
