package dev.limber.experiment.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.Options;
import dev.limber.api.watch.Pull;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Walk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyPullTest {

    private static final double HALF = Math.sqrt(0.5);

    /// A walk whose walker is a body, turned by a quarter about z, that can be pushed.
    private static final class Walker extends DelegatingEnvironment {

        private final List<Vector3> forces = new ArrayList<>();
        private final List<Vector3> points = new ArrayList<>();

        Walker(Environment walk) {
            super(walk);
        }

        @Override
        public void poses(int copy, double[] target, int offset) {
            System.arraycopy(new double[] {state(copy)[0], 0, 0, 0, 0, HALF, HALF}, 0, target, offset, 7);
        }

        @Override
        public void push(int copy, int body, Vector3 force, Vector3 point) {
            assertEquals(1, copy);
            forces.add(force);
            points.add(point);
        }
    }

    private static void assertNear(double x, double y, double z, Vector3 actual) {
        assertEquals(x, actual.x(), 1e-9);
        assertEquals(y, actual.y(), 1e-9);
        assertEquals(z, actual.z(), 1e-9);
    }

    @Test
    void aSpringPullsAtItsGripAndIsDampedByTheGripsVelocity() {
        try (var walker = new Walker(new Walk().create(2, Options.defaults()))) {
            walker.reset(new long[2]);
            var pull = new Pull(1, 0, new Vector3(1, 0, 0), new Vector3(3, 1, 2), 10, 0.5);
            var spring = new BodyPull();
            walker.setState(1, new double[] {0.2});
            spring.apply(pull, walker, 7, 0.1);
            walker.setState(1, new double[] {0.3});
            spring.apply(pull, walker, 7, 0.1);
            assertNear(0.2, 1, 0, walker.points.get(0)); // x of the body is y of the world
            assertNear(28, 0, 20, walker.forces.get(0));
            assertNear(0.3, 1, 0, walker.points.get(1));
            assertNear(27 - 0.5 * 1, 0, 20, walker.forces.get(1));
        }
    }
}
