package dev.limber.physics.cartpole;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.Vector3;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.environments.Kernel;
import java.util.Arrays;

/// Cart-poles of which no two are the same: each episode has one of its own.
final class VariedCartPoles implements Kernel {

    private static final String SCHEMA = "dev.limber.physics.cartpole.varied.all";
    private static final int VERSION = 1;

    private final Variation variation;
    private final PhysicsEngine engine;
    private final int substeps;
    private final boolean continuous;
    private VariedCartPole[] copies;
    private final double[] state = new double[VariedCartPole.SIZE];
    private final double[] poses;

    /// @param continuous whether an action is a part of the force and not a choice
    VariedCartPoles(int copies, PhysicsEngine engine, int substeps, boolean continuous, Variation variation) {
        this.variation = variation;
        this.engine = engine;
        this.substeps = substeps;
        this.continuous = continuous;
        this.copies = new VariedCartPole[copies];
        poses = new double[CartPoleWorlds.POSES];
        Arrays.setAll(this.copies, _ -> drawn(new SeededRandom(0)));
    }

    private VariedCartPole drawn(SeededRandom random) {
        return new VariedCartPole(variation.draw(random), engine, substeps, random.split());
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        copies[copy].close();
        Variation.Episode episode = variation.draw(random);
        copies[copy] = new VariedCartPole(episode, engine, substeps, random.split());
        state[0] = episode.start() * (2 * random.nextDouble() - 1);
        for (int k = 1; k < state.length; k++) {
            state[k] = CartPoleWorlds.START * (2 * random.nextDouble() - 1);
        }
        copies[copy].place(state);
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        for (int i = 0; i < copies.length; i++) {
            terminated[i] = copies[i].step(continuous ? actions[i] : 2 * actions[i] - 1);
            copies[i].state(state);
            CartPoleWorlds.reward(i, copies.length, state[0], terms);
        }
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            copies[i].observe(observations, VariedCartPole.SIZE * i);
        }
    }

    @Override
    public void state(int copy, double[] target) {
        copies[copy].state(target);
    }

    @Override
    public void setState(int copy, double[] wanted) {
        copies[copy].place(wanted);
    }

    @Override
    public int bodies() {
        return 2;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        copies[copy].poses(poses);
        System.arraycopy(poses, 0, target, offset, poses.length);
    }

    @Override
    public int contacts(int copy, double[] target) {
        return copies[copy].contacts(target);
    }

    @Override
    public boolean pushable() {
        return true;
    }

    @Override
    public void push(int copy, int body, Vector3 force, Vector3 point) {
        copies[copy].push(body, force, point);
    }

    @Override
    public State save() {
        var saved = new State(SCHEMA, VERSION);
        for (int i = 0; i < copies.length; i++) {
            saved.put(Integer.toString(i), copies[i].save());
        }
        return saved;
    }

    @Override
    public void restore(State saved) {
        int size = saved.expect(SCHEMA, VERSION).names().size();
        if (size != copies.length) {
            throw new IncompatibleStateException("state has " + size + " cart-poles, expected " + copies.length);
        }
        var restored = new VariedCartPole[copies.length];
        try {
            for (int i = 0; i < restored.length; i++) {
                restored[i] = VariedCartPole.restored(saved.state(Integer.toString(i)), engine, substeps);
            }
        } catch (RuntimeException unfit) {
            close(restored);
            throw unfit;
        }
        close(copies);
        copies = restored;
    }

    @Override
    public void close() {
        close(copies);
    }

    private static void close(VariedCartPole[] all) {
        for (VariedCartPole each : all) {
            if (each != null) {
                each.close();
            }
        }
    }
}
