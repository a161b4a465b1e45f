package {{package}};

import dev.limber.api.random.SeededRandom;
import dev.limber.environments.ArrayKernel;

/// Newton's second law with viscous friction, by semi-implicit Euler, on a track with soft ends. Reward terms: closeness to
/// the middle, squared force.
final class {{class}}Kernel extends ArrayKernel {

    /// Time per step [s].
    static final double STEP = 0.1;

    /// Where the track ends, on both sides [m].
    static final double END = 2;

    private final double mass;
    private final double friction;
    private final double[] position = variable();
    private final double[] velocity = variable();

    {{class}}Kernel(int copies, double mass, double friction) {
        super(copies);
        this.mass = mass;
        this.friction = friction;
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = 2 * random.nextDouble() - 1;
        velocity[copy] = 0;
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        int copies = terminated.length;
        for (int i = 0; i < copies; i++) {
            velocity[i] += STEP * (actions[i] - friction * velocity[i]) / mass;
            position[i] += STEP * velocity[i];
            if (Math.abs(position[i]) > END) {
                position[i] = Math.copySign(END, position[i]);
                velocity[i] = 0;
            }
            terms[i] = (float) Math.exp(-4 * position[i] * position[i]);
            terms[copies + i] = actions[i] * actions[i];
            terminated[i] = false; // an episode ends at its limit of steps alone
        }
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[2 * i] = (float) position[i];
            observations[2 * i + 1] = (float) velocity[i];
        }
    }
}
