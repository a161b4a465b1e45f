package dev.limber.physics.cartpole;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.World;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.render.Scene;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.environments.Kernel;
import java.util.Arrays;

/// Cart-poles that a physics engine moves, each in a world of its own.
///
/// State: cart position, cart velocity, pole angle, pole angular velocity.
final class CartPoleWorlds implements Kernel {

    static final double MAX_POSITION = 2.4;
    static final double MAX_ANGLE = 12 * 2 * Math.PI / 360;
    /// How far from rest in the middle an episode begins at most, in each number of the state.
    static final double START = 0.05;
    /// Numbers in the poses of a copy.
    static final int POSES = 2 * Scene.POSE;

    private static final String SCHEMA = "dev.limber.physics.cartpole.worlds";
    private static final int VERSION = 1;
    private static final int SIZE = 4;

    private final World[] worlds;
    private final int substeps;
    private final boolean continuous;
    private final double[] positions = new double[2];
    private final double[] velocities = new double[2];
    private final double[] control = new double[1];
    private final double[] poses = new double[POSES];

    /// @param continuous whether an action is a force and not a choice
    CartPoleWorlds(int copies, PhysicsEngine engine, int substeps, boolean continuous) {
        this.substeps = substeps;
        this.continuous = continuous;
        var model = CartPoleModel.model();
        var options = CartPoleModel.options(substeps);
        worlds = new World[copies];
        Arrays.setAll(worlds, i -> engine.create(model, options));
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        // In Gymnasium's order: cart position and velocity, pole angle and velocity.
        for (int k = 0; k < 2; k++) {
            positions[k] = START * (2 * random.nextDouble() - 1);
            velocities[k] = START * (2 * random.nextDouble() - 1);
        }
        worlds[copy].setJoints(positions, velocities);
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        for (int i = 0; i < worlds.length; i++) {
            World world = worlds[i];
            control[0] = continuous ? actions[i] : 2 * actions[i] - 1;
            world.setControl(control);
            world.step(substeps);
            world.positions(positions);
            terminated[i] = ended(positions);
            reward(i, worlds.length, positions[0], terms);
        }
    }

    /// Writes the terms of one copy's reward, of which there are one or two: it stands, and it is in the middle.
    static void reward(int copy, int copies, double position, float[] terms) {
        terms[copy] = 1;
        if (terms.length > copies) {
            terms[copies + copy] = (float) Math.max(0, 1 - Math.abs(position) / MAX_POSITION);
        }
    }

    /// Whether the cart has left the rail or the pole has fallen.
    static boolean ended(double[] positions) {
        return Math.abs(positions[0]) > MAX_POSITION || Math.abs(positions[1]) > MAX_ANGLE;
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            read(i);
            int row = SIZE * i;
            observations[row] = (float) positions[0];
            observations[row + 1] = (float) velocities[0];
            observations[row + 2] = (float) positions[1];
            observations[row + 3] = (float) velocities[1];
        }
    }

    @Override
    public void state(int copy, double[] target) {
        read(copy);
        target[0] = positions[0];
        target[1] = velocities[0];
        target[2] = positions[1];
        target[3] = velocities[1];
    }

    private void read(int copy) {
        worlds[copy].positions(positions);
        worlds[copy].velocities(velocities);
    }

    @Override
    public void setState(int copy, double[] state) {
        worlds[copy].setJoints(new double[] {state[0], state[2]}, new double[] {state[1], state[3]});
    }

    @Override
    public int bodies() {
        return 2;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        worlds[copy].poses(poses);
        System.arraycopy(poses, 0, target, offset, poses.length);
    }

    @Override
    public int contacts(int copy, double[] target) {
        return worlds[copy].contacts(target);
    }

    @Override
    public boolean pushable() {
        return true;
    }

    @Override
    public void push(int copy, int body, Vector3 force, Vector3 point) {
        worlds[copy].applyForce(body, force, point);
    }

    @Override
    public State save() {
        var state = new State(SCHEMA, VERSION);
        for (int i = 0; i < worlds.length; i++) {
            state.put(Integer.toString(i), worlds[i].save());
        }
        return state;
    }

    @Override
    public void restore(State state) {
        int saved = state.expect(SCHEMA, VERSION).names().size();
        if (saved != worlds.length) {
            throw new IncompatibleStateException("state has " + saved + " worlds, expected " + worlds.length);
        }
        State before = save();
        try {
            take(state);
        } catch (IncompatibleStateException incompatible) {
            take(before);
            throw incompatible;
        }
    }

    private void take(State state) {
        for (int i = 0; i < worlds.length; i++) {
            worlds[i].restore(state.state(Integer.toString(i)));
        }
    }

    @Override
    public void close() {
        for (World world : worlds) {
            world.close();
        }
    }
}
