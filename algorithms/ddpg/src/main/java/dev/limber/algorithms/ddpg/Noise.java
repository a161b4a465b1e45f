package dev.limber.algorithms.ddpg;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.util.Arrays;

/// Random numbers to explore with, one row per copy of the environment, which may be alike from step to step.
///
/// `x' = (1 - theta) x + sqrt(1 - (1 - theta)^2) e` with standard normal `e` is the Ornstein-Uhlenbeck process seen at
/// every step, scaled so that each x is standard normal; two that lie k steps apart correlate by `(1 - theta)^k`. With
/// theta = 1 it is white noise. An episode begins with a fresh draw.
///
/// Source: Uhlenbeck and Ornstein, "On the theory of the Brownian motion", 1930; Lillicrap et al., 2016, section 3.
final class Noise implements Stateful {

    private static final String SCHEMA = "dev.limber.algorithms.ddpg.noise";
    private static final int VERSION = 1;

    private final int copies;
    private final int size;
    private final double keep;
    private final double fresh;
    private final float[] normal;
    private final float[] uniform;
    private final boolean[] starts;
    private final SeededRandom random;

    /// @param size components of an action
    /// @param theta part forgotten per step, above 0 to 1
    Noise(int copies, int size, double theta, SeededRandom random) {
        this.copies = copies;
        this.size = size;
        this.random = random;
        keep = 1 - theta;
        fresh = Math.sqrt(1 - keep * keep);
        normal = new float[copies * size];
        uniform = new float[copies * size];
        starts = new boolean[copies];
        Arrays.fill(starts, true);
    }

    /// Begins an episode in a copy.
    void restart(int copy) {
        starts[copy] = true;
    }

    /// The next standard normal numbers [copies, size], this object's.
    float[] normal() {
        for (int copy = 0; copy < copies; copy++) {
            for (int i = copy * size; i < (copy + 1) * size; i++) {
                double drawn = random.nextGaussian();
                normal[i] = (float) (starts[copy] ? drawn : keep * normal[i] + fresh * drawn);
            }
            starts[copy] = false;
        }
        return normal;
    }

    /// The next numbers spread evenly over -1 to 1, as alike from step to step as the normal ones are: each is kept with
    /// probability 1 - theta.
    void uniform(float[] target) {
        for (int copy = 0; copy < copies; copy++) {
            for (int i = copy * size; i < (copy + 1) * size; i++) {
                if (starts[copy] || random.nextDouble() >= keep) {
                    uniform[i] = 2 * random.nextFloat() - 1;
                }
                target[i] = uniform[i];
            }
            starts[copy] = false;
        }
    }

    @Override
    public State save() {
        var words = new long[4];
        random.save(words, 0);
        return new State(SCHEMA, VERSION).put("normal", normal, copies, size).put("uniform", uniform, copies, size)
                .put("starts", starts).put("random", words);
    }

    @Override
    public void restore(State state) {
        var words = new long[4];
        state.expect(SCHEMA, VERSION).read("random", words);
        state.read("normal", normal);
        state.read("uniform", uniform);
        state.read("starts", starts);
        random.restore(words, 0);
    }
}
