package dev.limber.robot.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import java.io.ByteArrayOutputStream;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The four-legged robot without a clock: packets to its servos, and steps of its mechanism.
class QuadrupedTest {

    private static final int SERVOS = 12;
    private static final int TRUNK = 1;
    private static final long STEP_NANOS = 1_000_000;
    private static final int STEPS_PER_CYCLE = 10;

    @Test
    void positionControllersLetItStandForTenSeconds() {
        try (var stage = new Stage()) {
            stage.torque();
            for (int cycle = 0; cycle < 1000; cycle++) {
                stage.cycle(time -> 0);
                assertEquals(Quadruped.STANDING, stage.height(), 0.1 * Quadruped.STANDING);
                assertTrue(stage.upright() > 0.99, () -> "upright by " + stage.upright());
            }
            assertEquals(0, stage.poses[TRUNK * 7], 0.01);
            assertEquals(0, stage.poses[TRUNK * 7 + 1], 0.01);
        }
    }

    @Test
    void itBendsItsKneesAndComesUpAgain() {
        try (var stage = new Stage()) {
            stage.torque();
            double lowest = 1;
            for (int cycle = 0; cycle < 400; cycle++) {
                stage.cycle(time -> 0.15 * (1 - Math.cos(2 * Math.PI * time / 2)));
                lowest = Math.min(lowest, stage.height());
            }
            assertTrue(lowest < 0.93 * Quadruped.STANDING, "lowest at " + lowest);
            assertEquals(Quadruped.STANDING, stage.height(), 0.05 * Quadruped.STANDING);
        }
    }

    @Test
    void withoutTorqueItFallsOnItsBelly() {
        try (var stage = new Stage()) {
            for (int cycle = 0; cycle < 200; cycle++) {
                stage.cycle(time -> 0);
            }
            assertTrue(stage.height() < 0.5 * Quadruped.STANDING, () -> "height " + stage.height());
            assertTrue(stage.height() > 0.02, () -> "height " + stage.height());
        }
    }

    @Test
    void theSamePacketsAreAnsweredByTheSameBytes() {
        byte[] first = walk();
        assertTrue(first.length > 10_000, () -> first.length + " bytes");
        assertArrayEquals(first, walk());
    }

    private static byte[] walk() {
        try (var stage = new Stage()) {
            stage.torque();
            for (int cycle = 0; cycle < 100; cycle++) {
                stage.cycle(time -> 0.1 * Math.sin(6 * time));
            }
            return stage.answers.toByteArray();
        }
    }

    /// Servos and mechanism, moved by packets.
    private static final class Stage implements AutoCloseable {

        final ByteArrayOutputStream answers = new ByteArrayOutputStream();
        final double[] poses = new double[7 * (2 + SERVOS)];
        private final Rig rig = Quadruped.rig();
        private final DynamixelBus bus = new DynamixelBus(rig);
        private final WorldMechanism mechanism = new WorldMechanism(rig, new JBulletEngine());
        private final PacketWriter writer = new PacketWriter(512);
        private final double[] positions = new double[SERVOS];
        private final double[] velocities = new double[SERVOS];
        private final double[] efforts = new double[SERVOS];
        private long now;

        Stage() {
            work();
        }

        void torque() {
            writer.begin(0xfe, Instruction.SYNC_WRITE).put16(ControlTable.TORQUE_ENABLE).put16(1);
            for (int id = 1; id <= SERVOS; id++) {
                writer.put8(id).put8(1);
            }
            send();
        }

        /// Sends goals, reads where all servos stand, and lets 10 ms go by.
        ///
        /// @param bend by time [s] how far thighs are turned beyond where they stand at first [rad]; calves twice back
        void cycle(DoubleUnaryOperator bend) {
            double angle = bend.applyAsDouble(now * 1e-9);
            writer.begin(0xfe, Instruction.SYNC_WRITE).put16(ControlTable.GOAL_POSITION).put16(4);
            for (int i = 0; i < SERVOS; i++) {
                double turned = i % 3 == 0 ? 0 : i % 3 == 1 ? angle : -2 * angle;
                writer.put8(i + 1).put32(ControlTable.CENTER
                        + (int) Math.round((rig.mounts().get(i).start() + turned) / ControlTable.RADIANS_PER_TICK));
            }
            send();
            writer.begin(0xfe, Instruction.SYNC_READ).put16(ControlTable.PRESENT_CURRENT).put16(10);
            for (int id = 1; id <= SERVOS; id++) {
                writer.put8(id);
            }
            send();
            for (int i = 0; i < STEPS_PER_CYCLE; i++) {
                work();
                mechanism.step(efforts);
            }
            mechanism.poses(poses);
        }

        private void work() {
            now += STEP_NANOS;
            mechanism.positions(positions);
            mechanism.velocities(velocities);
            bus.step(now, 0.001, positions, velocities, efforts);
        }

        private void send() {
            writer.end();
            bus.receive(writer.bytes(), writer.length(), now,
                    (bytes, count, delay) -> answers.write(bytes, 0, count));
        }

        double height() {
            return poses[TRUNK * 7 + 2];
        }

        /// The part of the trunk's own z axis that points up.
        double upright() {
            double x = poses[TRUNK * 7 + 3];
            double y = poses[TRUNK * 7 + 4];
            return 1 - 2 * (x * x + y * y);
        }

        @Override
        public void close() {
            mechanism.close();
        }
    }
}
