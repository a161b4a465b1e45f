package dev.limber.physics.cartpole;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.bulletphysics.collision.broadphase.SimpleBroadphase;
import com.bulletphysics.collision.dispatch.CollisionDispatcher;
import com.bulletphysics.collision.dispatch.CollisionObject;
import com.bulletphysics.collision.dispatch.DefaultCollisionConfiguration;
import com.bulletphysics.collision.shapes.SphereShape;
import com.bulletphysics.dynamics.DiscreteDynamicsWorld;
import com.bulletphysics.dynamics.RigidBody;
import com.bulletphysics.dynamics.RigidBodyConstructionInfo;
import com.bulletphysics.dynamics.constraintsolver.SequentialImpulseConstraintSolver;
import com.bulletphysics.dynamics.constraintsolver.TypedConstraint;
import com.bulletphysics.dynamics.constraintsolver.TypedConstraintType;
import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Environment;
import dev.limber.api.plugin.Options;
import dev.limber.physics.jbullet.JBulletEngine;
import java.lang.management.ManagementFactory;
import javax.vecmath.Vector3f;
import org.junit.jupiter.api.Test;

/// What a step of the environment allocates is what jBullet allocates, and nothing besides.
class CartPoleAllocationTest {

    private static final int WARM_UP = 20_000;
    private static final int STEPS = 10_000;

    @Test
    void onlyJBulletAllocates() {
        double ours = environmentBytesPerStep();
        double bare = Options.defaults().as(CartPoleSettings.class).substeps() * bareBytesPerStep();
        System.out.printf("one copy allocates %.1f bytes per environment step, jBullet alone %.1f%n", ours, bare);
        assertEquals(bare, ours, 1, "bytes per environment step");
    }

    private static double environmentBytesPerStep() {
        try (Environment environment = new CartPole(new JBulletEngine()).create(1, Options.defaults())) {
            environment.reset(new long[] {1});
            float[] action = new float[1];
            play(environment, action, WARM_UP);
            long before = allocated();
            play(environment, action, STEPS);
            return (allocated() - before) / (double) STEPS;
        }
    }

    /// Balances the pole, by a linear law of the observation.
    private static void play(Environment environment, float[] action, int steps) {
        float[] s = environment.observations().values();
        for (int i = 0; i < steps; i++) {
            action[0] = s[0] + 1.5f * s[1] + 18 * s[2] + 3 * s[3] > 0 ? 1 : 0;
            environment.step(action);
        }
    }

    /// Two bodies of jBullet's alone, bound by constraints that do nothing.
    private static double bareBytesPerStep() {
        var configuration = new DefaultCollisionConfiguration();
        var world = new DiscreteDynamicsWorld(new CollisionDispatcher(configuration), new SimpleBroadphase(),
                new SequentialImpulseConstraintSolver(), configuration);
        RigidBody ground = body(0);
        RigidBody cart = body(1);
        RigidBody pole = body(0.1f);
        pole.translate(new Vector3f(1, 0, 0));
        world.addRigidBody(cart);
        world.addRigidBody(pole);
        world.addConstraint(new Idle(cart, ground), false);
        world.addConstraint(new Idle(pole, cart), false);
        for (int i = 0; i < WARM_UP; i++) {
            world.stepSimulation(0.0025f, 0, 0.0025f);
        }
        long before = allocated();
        for (int i = 0; i < STEPS; i++) {
            world.stepSimulation(0.0025f, 0, 0.0025f);
        }
        return (allocated() - before) / (double) STEPS;
    }

    private static RigidBody body(float mass) {
        var body = new RigidBody(
                new RigidBodyConstructionInfo(mass, null, new SphereShape(0.01f), new Vector3f(mass, mass, mass)));
        body.setActivationState(CollisionObject.DISABLE_DEACTIVATION);
        return body;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static final class Idle extends TypedConstraint {

        Idle(RigidBody a, RigidBody b) {
            super(TypedConstraintType.D6_CONSTRAINT_TYPE, a, b);
        }

        @Override
        public void buildJacobian() {
            // holds nothing
        }

        @Override
        public void solveConstraint(float step) {
            // holds nothing
        }
    }
}
