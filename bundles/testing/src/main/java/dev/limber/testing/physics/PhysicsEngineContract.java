package dev.limber.testing.physics;

import static dev.limber.testing.physics.Mechanisms.block;
import static dev.limber.testing.physics.Mechanisms.body;
import static dev.limber.testing.physics.Mechanisms.ground;
import static dev.limber.testing.physics.Mechanisms.hangingRod;
import static dev.limber.testing.physics.Mechanisms.model;
import static dev.limber.testing.physics.Mechanisms.slider;
import static dev.limber.testing.physics.Mechanisms.walker;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.ModelSpec.Sensor;
import dev.limber.api.physics.ModelSpec.Shape;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.World;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What every physics engine must do, by what it declares. Extend it and give it the engine.
public abstract class PhysicsEngineContract {

    private static final double G = 9.81;
    private static final double STEP = 0.001;
    private static final WorldOptions OPTIONS = WorldOptions.step(STEP);
    private static final WorldOptions WEIGHTLESS = new WorldOptions(STEP, 10, Vector3.ZERO);
    private static final WorldOptions WALKING = new WorldOptions(0.002, 20, new Vector3(0, 0, -G));

    /// The engine to test.
    protected abstract PhysicsEngine engine();

    private World world(ModelSpec model, WorldOptions options) {
        return engine().create(model, options);
    }

    private static double[] positions(World world) {
        double[] q = new double[world.positionCount()];
        world.positions(q);
        return q;
    }

    private static double[] velocities(World world) {
        double[] qd = new double[world.velocityCount()];
        world.velocities(qd);
        return qd;
    }

    private static double[] poses(World world) {
        double[] poses = new double[7 * world.model().bodies().size()];
        world.poses(poses);
        return poses;
    }

    private static double[] bodyVelocities(World world) {
        double[] velocities = new double[6 * world.model().bodies().size()];
        world.bodyVelocities(velocities);
        return velocities;
    }

    // Mechanics

    @Test
    void aThrownBodyFollowsTheParabola() {
        try (World world = world(
                model("stone", body("stone", new Vector3(1, 2, 3), Joint.free("stone"), Inertia.sphere(2, 0.1))),
                OPTIONS)) {
            world.setJoints(new double[] {1, 2, 3, 0, 0, 0, 1}, new double[] {1, -0.5, 4, 0, 0, 0});
            world.step(1000);
            // Semi-implicit Euler is off by g h t / 2 = 5 mm.
            assertArrayEquals(new double[] {2, 1.5, 3 + 4 - G / 2, 0, 0, 0, 1}, positions(world), 0.006);
            assertArrayEquals(new double[] {1, -0.5, 4 - G, 0, 0, 0}, velocities(world), 0.001);
        }
    }

    @Test
    void aPendulumSwingsWithThePeriodOfTheFormula() {
        try (World world = world(
                model("pendulum", body("rod", Vector3.ZERO, Joint.hinge("pivot", Vector3.Y), hangingRod(1, 1))),
                OPTIONS)) {
            double amplitude = 0.1;
            world.setJoints(new double[] {amplitude}, new double[1]);
            double expected = 2 * Math.PI * Math.sqrt(2.0 / 3 / G) * (1 + amplitude * amplitude / 16);
            assertEquals(expected, period(world), 0.003 * expected);
        }
    }

    @Test
    void aBallJointSwingsLikeAHinge() {
        try (World world = world(
                model("spherical pendulum", body("rod", Vector3.ZERO, Joint.ball("pivot"), hangingRod(1, 1))),
                OPTIONS)) {
            double amplitude = 0.1;
            world.setJoints(new double[] {Math.sin(amplitude / 2), 0, 0, Math.cos(amplitude / 2)}, new double[3]);
            double expected = 2 * Math.PI * Math.sqrt(2.0 / 3 / G) * (1 + amplitude * amplitude / 16);
            assertEquals(expected, period(world), 0.003 * expected);
        }
    }

    /// The time between the first and the third passage of the first coordinate through 0, interpolated.
    private static double period(World world) {
        double before = positions(world)[0];
        double first = Double.NaN;
        int passages = 0;
        for (int step = 1; step < 5000; step++) {
            world.step(1);
            double now = positions(world)[0];
            if (before > 0 != now > 0) {
                double time = (step - 1 + before / (before - now)) * STEP;
                if (++passages == 1) {
                    first = time;
                } else if (passages == 3) {
                    return time - first;
                }
            }
            before = now;
        }
        throw new AssertionError("the pendulum passed through 0 only " + passages + " times");
    }

    @Test
    void aPendulumKeepsItsEnergy() {
        try (World world = world(
                model("pendulum", body("rod", Vector3.ZERO, Joint.hinge("pivot", Vector3.Y), hangingRod(1, 1))),
                OPTIONS)) {
            world.setJoints(new double[] {2}, new double[1]);
            double start = energy(world);
            for (int i = 0; i < 500; i++) {
                world.step(10);
                assertEquals(start, energy(world), 0.02 * G, "energy after " + (i + 1) * 10 + " steps");
            }
        }
    }

    private static double energy(World world) {
        double angle = positions(world)[0];
        double rate = velocities(world)[0];
        return rate * rate / 6 - G / 2 * Math.cos(angle);
    }

    @Test
    void aMotorMovesASlideByNewtonsLaw() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 2), OPTIONS)) {
            world.setControl(new double[] {2});
            world.step(500);
            // gear 2 x control 2 = 4 N on 2 kg
            assertEquals(2 * 0.5, velocities(world)[0], 0.002);
            assertEquals(2 * 0.5 * 0.5 / 2, positions(world)[0], 0.002);
        }
    }

    @Test
    void controlIsClippedToItsLimits() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 2), OPTIONS)) {
            world.setControl(new double[] {-1000});
            world.step(100);
            double[] readings = new double[3];
            world.sensors(readings);
            assertArrayEquals(new double[] {positions(world)[0], -0.3, -6}, readings, 0.001);
        }
    }

    @Test
    void aMotorPushesTheParentBack() {
        var arm = new ModelSpec("floating arm",
                List.of(body("base", Vector3.ZERO, Joint.free("base"), Inertia.sphere(2, 0.2)),
                        body("arm", "base", new Vector3(0.2, 0, 0), Joint.hinge("shoulder", Vector3.Y),
                                hangingRod(1, 0.5))),
                List.of(new ModelSpec.Actuator("motor", "shoulder", 1, -1, 1)), List.of());
        try (World world = world(arm, WEIGHTLESS)) {
            world.setControl(new double[] {0.5});
            world.step(300);
            assertTrue(Math.abs(velocities(world)[6]) > 1, "the arm turns against the base");
            double[] v = bodyVelocities(world);
            double[] pose = poses(world);
            double armCenterX = v[6] + rotatedCross(v, pose, 0);
            double armCenterZ = v[8] + rotatedCross(v, pose, 2);
            assertEquals(0, 2 * v[0] + armCenterX, 0.01, "momentum along x");
            assertEquals(0, 2 * v[2] + armCenterZ, 0.01, "momentum along z");
        }
    }

    /// Component `k` of w x r of the second body, r leading from its origin to its centre of mass (0, 0, -0.25).
    private static double rotatedCross(double[] v, double[] pose, int k) {
        double[] r = rotate(pose, 7, new Vector3(0, 0, -0.25));
        double[] w = {v[9], v[10], v[11]};
        return k == 0 ? w[1] * r[2] - w[2] * r[1] : w[0] * r[1] - w[1] * r[0];
    }

    private static double[] rotate(double[] poses, int at, Vector3 v) {
        double x = poses[at + 3];
        double y = poses[at + 4];
        double z = poses[at + 5];
        double w = poses[at + 6];
        double tx = 2 * (y * v.z() - z * v.y());
        double ty = 2 * (z * v.x() - x * v.z());
        double tz = 2 * (x * v.y() - y * v.x());
        return new double[] {v.x() + w * tx + y * tz - z * ty, v.y() + w * ty + z * tx - x * tz,
            v.z() + w * tz + x * ty - y * tx};
    }

    @Test
    void limitsStopASlideOnBothSides() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X).withLimits(-0.2, 0.3), 2), OPTIONS)) {
            for (double control : new double[] {3, -3}) {
                world.setControl(new double[] {control});
                world.step(2000);
                assertEquals(control > 0 ? 0.3 : -0.2, positions(world)[0], 0.005);
                assertEquals(0, velocities(world)[0], 0.01);
            }
        }
    }

    @Test
    void limitsStopAHingeOnBothSides() {
        var hinge = Joint.hinge("pivot", Vector3.X).withLimits(-2.5, 0.7);
        var model = new ModelSpec("gate",
                List.of(body("gate", new Vector3(0, 0, 2), hinge, hangingRod(1, 1))),
                List.of(new ModelSpec.Actuator("motor", "pivot", 1, -20, 20)), List.of());
        try (World world = world(model, OPTIONS)) {
            for (double control : new double[] {20, -20}) {
                world.setControl(new double[] {control});
                world.step(2000);
                assertEquals(control > 0 ? 0.7 : -2.5, positions(world)[0], 0.02);
                assertEquals(0, velocities(world)[0], 0.02);
            }
        }
    }

    @Test
    void dampingSlowsAJointByTheExponential() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X).withDamping(1.5), 2), OPTIONS)) {
            world.setJoints(new double[1], new double[] {4});
            world.step(1000);
            assertEquals(4 * Math.exp(-1.5 / 2), velocities(world)[0], 0.01);
        }
    }

    @Test
    void aHingeCountsFullTurns() {
        try (World world = world(
                model("wheel", body("wheel", Vector3.ZERO, Joint.hinge("axle", Vector3.Y), Inertia.sphere(1, 0.3))),
                OPTIONS)) {
            world.setJoints(new double[] {-1}, new double[] {10});
            world.step(1000);
            assertEquals(9, positions(world)[0], 0.02);
        }
    }

    @Test
    void aTumblingBodyKeepsItsAngularMomentum() {
        var moments = new Vector3(0.01, 0.02, 0.03);
        try (World world = world(
                model("book", body("book", Vector3.ZERO, Joint.free("book"), new Inertia(1, Vector3.ZERO, moments))),
                WEIGHTLESS)) {
            // Turning about the middle axis is unstable: the body flips over and over.
            world.setJoints(new double[] {0, 0, 0, 0, 0, 0, 1}, new double[] {0, 0, 0, 0.01, 5, 0});
            double least = 5;
            for (int i = 0; i < 400; i++) {
                world.step(10);
                double[] w = velocities(world);
                double energy = moments.x() * w[3] * w[3] + moments.y() * w[4] * w[4] + moments.z() * w[5] * w[5];
                assertEquals(0.5, energy, 0.01, "twice the kinetic energy");
                least = Math.min(least, w[4]);
                double[] momentum = rotate(poses(world), 0,
                        new Vector3(moments.x() * w[3], moments.y() * w[4], moments.z() * w[5]));
                assertArrayEquals(new double[] {0.0001, 0.1, 0}, momentum, 0.005, "angular momentum");
            }
            assertTrue(least < -4, "it must have flipped over, but its least velocity about y was " + least);
        }
    }

    @Test
    void aForcePushesDuringOneCallOfStep() {
        try (World world = world(
                model("stone", body("stone", Vector3.ZERO, Joint.free("stone"), Inertia.sphere(2, 0.1))),
                WEIGHTLESS)) {
            world.applyForce(0, new Vector3(0, 10, 0), new Vector3(0.05, 0, 0));
            world.step(20);
            double moment = 0.4 * 2 * 0.01;
            double[] expected = {0, 0.1, 0, 0, 0, 0.5 * 0.02 / moment};
            assertArrayEquals(expected, bodyVelocities(world), 0.02);
            double[] after = bodyVelocities(world);
            world.step(20);
            assertArrayEquals(after, bodyVelocities(world), 1e-5);
        }
    }

    @Test
    void chainsHoldTogether() {
        Body[] links = new Body[4];
        links[0] = body("link 0", new Vector3(0, 0, 3), Joint.hinge("joint 0", Vector3.Y), hangingRod(1, 0.5));
        for (int i = 1; i < links.length; i++) {
            links[i] = body("link " + i, "link " + (i - 1), new Vector3(0, 0, -0.5),
                    i == 2 ? Joint.ball("joint 2") : Joint.hinge("joint " + i, i == 1 ? Vector3.X : Vector3.Y),
                    hangingRod(1, 0.5));
        }
        double allowed = engine().capabilities().reducedCoordinates() ? 1e-6 : 0.005;
        try (World world = world(model("chain", links), OPTIONS)) {
            double[] start = positions(world);
            start[0] = 1.5;
            start[1] = 0.5;
            world.setJoints(start, new double[world.velocityCount()]);
            for (int i = 0; i < 200; i++) {
                world.step(10);
                double[] poses = poses(world);
                for (int link = 1; link < links.length; link++) {
                    double[] end = rotate(poses, 7 * (link - 1), new Vector3(0, 0, -0.5));
                    double gap = 0;
                    for (int k = 0; k < 3; k++) {
                        gap += Math.pow(poses[7 * (link - 1) + k] + end[k] - poses[7 * link + k], 2);
                    }
                    assertEquals(0, Math.sqrt(gap), allowed, "gap [m] at joint " + link + " after " + (i + 1) * 10);
                }
            }
        }
    }

    @Test
    void jointCoordinatesAreReadAsTheyWereSet() {
        var tilted = Quaternion.about(new Vector3(1, 2, 3), 0.7);
        var inertia = new Inertia(1, new Vector3(0.1, -0.2, 0.05), new Vector3(0.1, 0.2, 0.15));
        var model = new ModelSpec("tree",
                List.of(new Body("base", Optional.empty(), new Vector3(0, 0, 1), tilted, Joint.free("base"), inertia,
                        List.of()),
                        new Body("arm", Optional.of("base"), new Vector3(0.3, 0, 0), tilted,
                                Joint.hinge("shoulder", new Vector3(0.6, 0, 0.8)), inertia, List.of()),
                        new Body("rod", Optional.of("arm"), new Vector3(0, 0.4, 0), tilted,
                                Joint.slide("rail", new Vector3(0, 0.8, -0.6)), inertia, List.of()),
                        new Body("tool", Optional.of("rod"), new Vector3(0, 0, 0.2), tilted, Joint.fixed("flange"),
                                inertia, List.of()),
                        new Body("hand", Optional.of("arm"), new Vector3(0.2, 0.1, 0), tilted, Joint.ball("wrist"),
                                inertia, List.of())),
                List.of(), List.of());
        try (World world = world(model, WEIGHTLESS)) {
            double[] q = {1, -2, 0.5, 0.1, -0.5, 0.1, Math.sqrt(0.73), 2.2, -0.3, 0.5, 0.5, -0.5, 0.5};
            double[] qd = {0.1, 0.2, -0.3, 1, -2, 0.5, -1.5, 0.4, 0.3, -0.6, 0.9};
            world.setJoints(q, qd);
            assertArrayEquals(q, positions(world), 1e-5);
            assertArrayEquals(qd, velocities(world), 1e-5);
        }
    }

    @Test
    void anglesAreTheChildsRelativeToTheParent() {
        try (World world = world(
                model("arm", body("upper", new Vector3(0, 0, 1), Joint.hinge("shoulder", Vector3.Y), hangingRod(1, 1)),
                        body("lower", "upper", new Vector3(0, 0, -1), Joint.hinge("elbow", Vector3.Y),
                                hangingRod(1, 1))),
                OPTIONS)) {
            world.setJoints(new double[] {Math.PI / 2, -Math.PI / 2}, new double[] {2, -2});
            double[] poses = poses(world);
            // A positive turn about y brings what hangs down to -x; the elbow undoes it, so the lower part hangs again.
            assertArrayEquals(new double[] {-1, 0, 1, 0, 0, 0, 1}, Arrays.copyOfRange(poses, 7, 14), 1e-6);
            // An engine may keep positions and velocities half a step apart.
            assertArrayEquals(new double[] {0, 0, 2, 0, 0, 0}, Arrays.copyOfRange(bodyVelocities(world), 6, 12),
                    2 * 2 * STEP);
        }
    }

    // Contact

    @Test
    void thePlaneCarriesTheWeightOfABox() {
        var half = new Vector3(0.2, 0.15, 0.1);
        carries(new Shape.Box(half), 0.1, Inertia.box(3, half));
    }

    @Test
    void thePlaneCarriesTheWeightOfASphere() {
        carries(new Shape.Sphere(0.1), 0.1, Inertia.sphere(3, 0.1));
    }

    @Test
    void thePlaneCarriesTheWeightOfACylinder() {
        carries(new Shape.Cylinder(0.2, 0.2), 0.1, Inertia.box(3, new Vector3(0.17, 0.17, 0.1)));
    }

    @Test
    void thePlaneCarriesTheWeightOfAStandingCapsule() {
        carries(new Shape.Capsule(0.1, 0.1), 0.15, Inertia.box(3, new Vector3(0.1, 0.1, 0.15)));
    }

    private void carries(Shape shape, double height, Inertia inertia) {
        try (World world = world(model("still life", ground(1), block("thing", shape, new Vector3(0, 0, height),
                inertia, 1)), WALKING)) {
            world.step(500);
            double[] pose = poses(world);
            assertEquals(height, pose[9], 0.005, "height");
            double[] contacts = new double[9 * 16];
            double weight = 0;
            int samples = 50;
            for (int i = 0; i < samples; i++) {
                world.step(1);
                int count = world.contacts(contacts);
                assertTrue(count > 0, "no contact");
                for (int c = 0; c < count; c++) {
                    double up = contacts[9 * c] == 1 ? 1 : -1;
                    assertEquals(1, contacts[9 * c] + contacts[9 * c + 1], "bodies 0 and 1 touch");
                    assertEquals(up, contacts[9 * c + 7], 0.01, "the normal points to the first body");
                    assertEquals(0, contacts[9 * c + 4], 0.02, "height of the contact");
                    weight += contacts[9 * c + 8] / samples;
                }
            }
            assertEquals(3 * G, weight, 0.02 * 3 * G, "weight");
        }
    }

    @Test
    void frictionStopsWhatSlides() {
        var half = new Vector3(0.1, 0.1, 0.1);
        for (double friction : new double[] {0, 1}) {
            try (World world = world(model("ice", ground(friction),
                    block("puck", new Shape.Box(half), new Vector3(0, 0, 0.1), Inertia.box(1, half), friction)),
                    WALKING)) {
                world.step(100);
                double[] q = positions(world);
                world.setJoints(q, new double[] {1, 0, 0, 0, 0, 0});
                world.step(300);
                assertEquals(friction == 0 ? 1 : 0, velocities(world)[0], 0.05, "speed with friction " + friction);
            }
        }
    }

    @Test
    void masksLetShapesPass() {
        var ghost = new Body("ghost", Optional.empty(), new Vector3(0, 0, 0.2), Quaternion.IDENTITY,
                Joint.free("ghost"),
                Inertia.sphere(1, 0.1),
                List.of(new Geometry(new Shape.Sphere(0.1), Vector3.ZERO, Quaternion.IDENTITY, 2, 2, 1)));
        try (World world = world(model("haunted", ground(1), ghost), WALKING)) {
            world.step(250);
            assertTrue(positions(world)[2] < -0.5, "it must fall through the ground");
            assertEquals(0, world.contacts(new double[0]));
        }
    }

    @Test
    void shapesOfAMovingParentAndItsChildDoNotTouch() {
        var shape = new Geometry(new Shape.Sphere(0.2), Vector3.ZERO, Quaternion.IDENTITY, 1, 1, 1);
        var model = model("overlap",
                new Body("parent", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY, Joint.free("parent"),
                        Inertia.sphere(1, 0.2), List.of(shape)),
                new Body("child", Optional.of("parent"), new Vector3(0.1, 0, 0), Quaternion.IDENTITY,
                        Joint.hinge("neck", Vector3.Y), Inertia.sphere(1, 0.2), List.of(shape)));
        try (World world = world(model, WEIGHTLESS)) {
            world.step(100);
            assertEquals(0, world.contacts(new double[0]));
            assertArrayEquals(new double[world.velocityCount()], velocities(world), 1e-6);
        }
    }

    // Sensors

    @Test
    void anAccelerometerAtRestFeelsTheGroundPushUp() {
        var half = new Vector3(0.2, 0.2, 0.1);
        var model = new ModelSpec("scale",
                List.of(ground(1),
                        block("box", new Shape.Box(half), new Vector3(0, 0, 0.1), Inertia.box(3, half), 1)),
                List.of(), List.of(new Sensor("acceleration", Sensor.Kind.ACCELEROMETER, "box")));
        try (World world = world(model, WALKING)) {
            world.step(500);
            double[] mean = new double[3];
            double[] reading = new double[3];
            for (int i = 0; i < 100; i++) {
                world.step(1);
                world.sensors(reading);
                for (int k = 0; k < 3; k++) {
                    mean[k] += reading[k] / 100;
                }
            }
            assertArrayEquals(new double[] {0, 0, G}, mean, 0.1);
        }
    }

    @Test
    void anAccelerometerInFreeFallFeelsNothing() {
        var model = new ModelSpec("fall",
                List.of(body("stone", Vector3.ZERO, Joint.free("stone"), Inertia.sphere(1, 0.1))), List.of(),
                List.of(new Sensor("acceleration", Sensor.Kind.ACCELEROMETER, "stone")));
        try (World world = world(model, OPTIONS)) {
            world.step(10);
            double[] reading = new double[3];
            world.sensors(reading);
            assertArrayEquals(new double[3], reading, 0.01);
        }
    }

    @Test
    void aGyroscopeReadsInTheBodysFrame() {
        var model = new ModelSpec("top",
                List.of(body("top", Vector3.ZERO, Joint.free("top"), Inertia.sphere(1, 0.1))), List.of(),
                List.of(new Sensor("turning", Sensor.Kind.GYROSCOPE, "top")));
        try (World world = world(model, WEIGHTLESS)) {
            double half = Math.sqrt(0.5);
            world.setJoints(new double[] {0, 0, 0, half, 0, 0, half}, new double[] {0, 0, 0, 0, 0, 2});
            double[] reading = new double[3];
            world.sensors(reading);
            assertArrayEquals(new double[] {0, 0, 2}, reading, 1e-5);
            // The body lies on its side: its z is the world's -y.
            assertArrayEquals(new double[] {0, 0, 0, 0, -2, 0}, bodyVelocities(world), 1e-5);
        }
    }

    // Repeatability

    /// Drives a walker by random controls and returns everything that can be read on the way.
    private static double[] drive(World world, long seed, int steps) {
        int perStep = world.positionCount() + world.velocityCount();
        double[] log = new double[steps * perStep];
        double[] control = new double[world.model().actuators().size()];
        var random = new SeededRandom(seed);
        for (int i = 0; i < steps; i++) {
            for (int k = 0; k < control.length; k++) {
                control[k] = random.nextDouble(-1, 1);
            }
            world.setControl(control);
            world.step(5);
            System.arraycopy(positions(world), 0, log, i * perStep, world.positionCount());
            System.arraycopy(velocities(world), 0, log, i * perStep + world.positionCount(), world.velocityCount());
        }
        return log;
    }

    private static void meetTheGround(World world) {
        for (int i = 0; i < 1000 && world.contacts(new double[0]) == 0; i++) {
            world.step(1);
        }
        assertTrue(world.contacts(new double[0]) > 0, "the walker must have met the ground");
    }

    private static void assertSameBits(double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Double.doubleToRawLongBits(expected[i]), Double.doubleToRawLongBits(actual[i]),
                    "number " + i + " is " + actual[i] + ", expected " + expected[i]);
        }
    }

    @Test
    void sameCallsGiveTheSameBits() {
        assumeTrue(engine().capabilities().deterministic());
        try (World one = world(walker(), WALKING);
                World two = world(walker(), WALKING)) {
            assertSameBits(drive(two, 1, 100), drive(one, 1, 100));
            meetTheGround(one);
            meetTheGround(two);
            assertSameBits(drive(two, 2, 20), drive(one, 2, 20));
        }
    }

    @Test
    void aResetWorldIsLikeANewOne() {
        assumeTrue(engine().capabilities().deterministic());
        try (World one = world(walker(), WALKING);
                World two = world(walker(), WALKING)) {
            drive(one, 5, 60);
            one.reset();
            assertSameBits(drive(two, 2, 60), drive(one, 2, 60));
        }
    }

    @Test
    void aSavedStateHasOneFuture() {
        assumeTrue(engine().capabilities().snapshot() != Snapshot.NONE);
        try (World one = world(walker(), WALKING);
                World two = world(walker(), WALKING)) {
            drive(one, 3, 60);
            meetTheGround(one);
            State state = one.save();
            double[] future = drive(one, 4, 60);
            one.restore(state);
            assertSameBits(future, drive(one, 4, 60));
            drive(two, 9, 40);
            two.restore(state);
            assertSameBits(future, drive(two, 4, 60));
        }
    }

    @Test
    void anExactSaveChangesNothing() {
        assumeTrue(engine().capabilities().snapshot() == Snapshot.EXACT);
        try (World one = world(walker(), WALKING);
                World two = world(walker(), WALKING)) {
            drive(one, 3, 60);
            drive(two, 3, 60);
            one.save();
            assertSameBits(drive(two, 4, 60), drive(one, 4, 60));
        }
    }

    @Test
    void savingChangesNothingWhereNothingTouches() {
        assumeTrue(engine().capabilities().snapshot() != Snapshot.NONE);
        var model = slider(Joint.slide("rail", Vector3.X).withLimits(-0.01, 0.01), 1);
        try (World one = world(model, OPTIONS);
                World two = world(model, OPTIONS)) {
            drive(one, 3, 60);
            drive(two, 3, 60);
            one.save();
            assertSameBits(drive(two, 4, 60), drive(one, 4, 60));
        }
    }

    @Test
    void aStateOfAnotherModelIsRefused() {
        assumeTrue(engine().capabilities().snapshot() != Snapshot.NONE);
        try (World one = world(walker(), WALKING);
                World two = world(slider(Joint.slide("rail", Vector3.X), 1), WALKING)) {
            State state = one.save();
            assertThrows(IncompatibleStateException.class, () -> two.restore(state));
        }
    }

    @Test
    void worldsOnTwoThreadsDoNotDisturbEachOther() throws Exception {
        assumeTrue(engine().capabilities().deterministic());
        Callable<double[]> run = () -> {
            try (World world = world(walker(), WALKING)) {
                return drive(world, 7, 60);
            }
        };
        double[] alone = run.call();
        for (int round = 0; round < 3; round++) {
            var one = new FutureTask<>(run);
            var two = new FutureTask<>(run);
            Thread.ofPlatform().start(one);
            Thread.ofPlatform().start(two);
            assertSameBits(alone, one.get());
            assertSameBits(alone, two.get());
        }
    }

    // Bad input

    @Test
    void controlOfTheWrongLengthIsRefused() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 1), OPTIONS)) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> world.setControl(new double[2]));
            assertTrue(thrown.getMessage().contains("2") && thrown.getMessage().contains("1"), thrown.getMessage());
        }
    }

    @Test
    void controlThatIsNotANumberIsRefusedAndChangesNothing() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 1), OPTIONS)) {
            var thrown = assertThrows(IllegalArgumentException.class,
                    () -> world.setControl(new double[] {Double.NaN}));
            assertTrue(thrown.getMessage().contains("motor"), thrown.getMessage());
            world.step(10);
            assertEquals(0, velocities(world)[0]);
        }
    }

    @Test
    void jointsThatAreNotNumbersAreRefused() {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 1), OPTIONS)) {
            assertThrows(IllegalArgumentException.class,
                    () -> world.setJoints(new double[] {Double.NaN}, new double[1]));
            assertThrows(IllegalArgumentException.class, () -> world.setJoints(new double[0], new double[1]));
            assertEquals(0, positions(world)[0]);
        }
    }

    @Test
    void aClosedWorldIsRefused() {
        World world = world(slider(Joint.slide("rail", Vector3.X), 1), OPTIONS);
        world.close();
        world.close();
        assertThrows(IllegalStateException.class, () -> world.step(1));
        assertThrows(IllegalStateException.class, () -> world.setControl(new double[1]));
        assertThrows(IllegalStateException.class, () -> world.positions(new double[1]));
        assertThrows(IllegalStateException.class, world::save);
    }

    @Test
    void aForeignThreadIsRefused() throws Exception {
        try (World world = world(slider(Joint.slide("rail", Vector3.X), 1), OPTIONS)) {
            var attempt = new FutureTask<>(() -> assertThrows(IllegalStateException.class, () -> world.step(1)));
            Thread.ofPlatform().start(attempt);
            attempt.get();
            world.step(1);
        }
    }

    @Test
    void armatureIsSimulatedOrRefused() {
        var joint = new Joint("rail", Joint.Type.SLIDE, Vector3.X, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                0, 2);
        if (!engine().capabilities().armature()) {
            var thrown = assertThrows(UsageException.class, () -> world(slider(joint, 2), OPTIONS));
            assertTrue(thrown.getMessage().contains("rail") && thrown.getMessage().contains("armature"),
                    thrown.getMessage());
            assertFalse(thrown.getMessage().contains("\n"));
            return;
        }
        try (World world = world(slider(joint, 2), OPTIONS)) {
            world.setControl(new double[] {2});
            world.step(500);
            assertEquals(4.0 / (2 + 2) * 0.5, velocities(world)[0], 0.002);
        }
    }
}
