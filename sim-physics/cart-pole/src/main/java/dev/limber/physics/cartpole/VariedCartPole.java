package dev.limber.physics.cartpole;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.World;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.physics.cartpole.Variation.Episode;
import java.util.Arrays;

/// One cart-pole of an episode's own masses, with a motor and sensors that are late and not quite true.
///
/// State: cart position and velocity, pole angle and angular velocity.
final class VariedCartPole implements AutoCloseable {

    static final int SIZE = 4;

    private static final String SCHEMA = "dev.limber.physics.cartpole.varied";
    private static final int VERSION = 1;
    private static final int RANDOM_WORDS = 4;
    /// How slowly friction turns over with the direction [m/s]: a sign would make the cart tremble at rest.
    private static final double SMOOTH = 0.01;

    private final Episode episode;
    private final int substeps;
    private final SeededRandom noise;
    private final World world;
    private final int actionLag;
    private final int observationLag;
    /// Actions of the last physics steps, the newest at `at` [physics steps].
    private final double[] actions;
    /// States after the last physics steps, in the same order [physics steps, 4].
    private final double[] history;
    private final float[] seen = new float[SIZE];
    private final double[] positions = new double[2];
    private final double[] velocities = new double[2];
    private final double[] control = new double[1];
    private int at;

    /// @param noise its own
    VariedCartPole(Episode episode, PhysicsEngine engine, int substeps, SeededRandom noise) {
        this.episode = episode;
        this.substeps = substeps;
        this.noise = noise;
        world = engine.create(
                CartPoleModel.model(episode.cartMass(), episode.poleMass(), episode.poleLength() / 2),
                CartPoleModel.options(substeps));
        double step = CartPoleModel.STEP / substeps;
        actionLag = (int) Math.round(episode.actionDelay() / step);
        observationLag = (int) Math.round(episode.observationDelay() / step);
        int length = (int) Math.round(Episode.MAX_DELAY / step) + 1;
        actions = new double[length];
        history = new double[SIZE * length];
    }

    /// Puts it somewhere, where it has been for long.
    void place(double[] state) {
        positions[0] = state[0];
        positions[1] = state[2];
        velocities[0] = state[1];
        velocities[1] = state[3];
        world.setJoints(positions, velocities);
        Arrays.fill(actions, 0);
        for (int i = 0; i < actions.length; i++) {
            System.arraycopy(state, 0, history, SIZE * i, SIZE);
        }
        look();
    }

    /// Goes on for an environment step.
    ///
    /// @param action part of the force
    /// @return whether it has fallen or left the rail
    boolean step(double action) {
        for (int i = 0; i < substeps; i++) {
            at = (at + 1) % actions.length;
            actions[at] = action;
            double velocity = history[SIZE * before(1) + 1];
            control[0] = drive(actions[before(actionLag)], velocity)
                    - episode.friction() * Math.tanh(velocity / SMOOTH) / CartPoleModel.FORCE;
            world.setControl(control);
            world.step(1);
            world.positions(positions);
            world.velocities(velocities);
            int row = SIZE * at;
            history[row] = positions[0];
            history[row + 1] = velocities[0];
            history[row + 2] = positions[1];
            history[row + 3] = velocities[1];
        }
        look();
        return CartPoleWorlds.ended(positions);
    }

    /// The part of the force that a motor has whose force falls linearly with its speed.
    private double drive(double action, double velocity) {
        double wanted = episode.strength() * action;
        double room = Math.max(0, 1 - Math.signum(wanted) * velocity / episode.topSpeed());
        return Math.copySign(Math.min(Math.abs(wanted), episode.strength() * room), wanted);
    }

    /// The place in the histories some physics steps ago.
    private int before(int steps) {
        return (at - steps + actions.length) % actions.length;
    }

    private void look() {
        int row = SIZE * before(observationLag);
        for (int k = 0; k < SIZE; k++) {
            double deviation = k % 2 == 0 ? episode.positionNoise() : episode.velocityNoise();
            seen[k] = (float) (history[row + k] + deviation * noise.nextGaussian());
        }
    }

    /// Writes what its sensors say.
    void observe(float[] observations, int offset) {
        System.arraycopy(seen, 0, observations, offset, SIZE);
    }

    /// Writes what is true.
    void state(double[] target) {
        System.arraycopy(history, SIZE * at, target, 0, SIZE);
    }

    /// Writes where its bodies are.
    void poses(double[] target) {
        world.poses(target);
    }

    int contacts(double[] target) {
        return world.contacts(target);
    }

    /// Pushes it during the next environment step: all of the impulse in its first physics step.
    void push(int body, Vector3 force, Vector3 point) {
        world.applyForce(body, new Vector3(substeps * force.x(), substeps * force.y(), substeps * force.z()), point);
    }

    State save() {
        long[] words = new long[RANDOM_WORDS];
        noise.save(words, 0);
        return new State(SCHEMA, VERSION).put("episode", episode.numbers()).put("world", world.save())
                .put("actions", actions).put("history", history).put("seen", seen).put("at", at).put("noise", words);
    }

    /// The cart-pole of a saved state.
    static VariedCartPole restored(State saved, PhysicsEngine engine, int substeps) {
        saved.expect(SCHEMA, VERSION);
        double[] numbers = new double[Episode.SIZE];
        saved.read("episode", numbers);
        long[] words = new long[RANDOM_WORDS];
        saved.read("noise", words);
        var noise = new SeededRandom(0);
        try {
            noise.restore(words, 0);
        } catch (IllegalArgumentException zeros) {
            throw new IncompatibleStateException("'noise' of " + saved.schema() + ": " + zeros.getMessage());
        }
        var made = new VariedCartPole(Episode.of(numbers), engine, substeps, noise);
        try {
            made.world.restore(saved.state("world"));
            saved.read("actions", made.actions);
            saved.read("history", made.history);
            saved.read("seen", made.seen);
            made.at = Math.floorMod(saved.integer("at"), made.actions.length);
            return made;
        } catch (RuntimeException unfit) {
            made.close();
            throw unfit;
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
