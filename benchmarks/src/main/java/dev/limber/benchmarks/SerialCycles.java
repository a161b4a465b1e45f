package dev.limber.benchmarks;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.dynamixel.DynamixelFactory;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Rig;
import dev.limber.robot.testing.WireLog;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Balances an emulated cart-pole of Dynamixel servos over a pseudo-terminal: how late a plain thread wakes up, how long
/// reading and commanding take, and whether what was read is what the servos sent, and what they received what was
/// commanded.
///
/// Arguments: seconds per rate, then rates in Hz.
public final class SerialCycles {

    /// State feedback on cart position and velocity, pole angle and angular velocity [N/m, N s/m, N/rad, N s/rad].
    private static final double[] GAINS = {1.5, 3, 40, 10};
    private static final double METRES_PER_RADIAN = 0.1;
    private static final double FALLEN = 0.5;

    private SerialCycles() {}

    /// Runs it.
    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int[] rates = arguments.length > 1
                ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {500, 1000};
        for (int rate : rates) {
            run(rate, 1, false);
            run(rate, seconds, true);
        }
    }

    private static void run(int rate, int seconds, boolean told) {
        int cycles = rate * seconds;
        long period = 1_000_000_000L / rate;
        long[] late = new long[cycles];
        long[] took = new long[cycles];
        int missed = 0;
        int failed = 0;
        int wrong = 0;
        boolean fell = false;
        var wire = new LastPackets();
        var options = Options.of(Map.of("ids", "1,2", "joints", "cart,pole", "measured", "pole", "metres",
                METRES_PER_RADIAN + ",0", "baud", 4_000_000, "timeout", 0.01));
        try (var device = EmulatedRobot.dynamixel(Setup.of(Rig.cartPole()).with(wire), new JBulletEngine());
                Robot robot = new DynamixelFactory().create(device.path().toString(), options)) {
            robot.connect();
            robot.setWatchdog(0.1);
            robot.enable(CommandMode.EFFORT);
            JointStates states = JointStates.ofJoints(2);
            double[] wanted = new double[2];
            double[] applied = new double[2];
            boolean sent = false;
            long due = System.nanoTime() + period;
            for (int i = 0; i < cycles; i++, due += period) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long begun = System.nanoTime();
                late[i] = begun - due;
                try {
                    robot.read(states);
                    wrong += wire.differs(states, applied, sent) ? 1 : 0;
                } catch (RobotException lost) {
                    failed++;
                }
                fell |= Math.abs(states.positions()[1]) > FALLEN;
                wanted[0] = Math.clamp(GAINS[0] * states.positions()[0] + GAINS[1] * states.velocities()[0]
                        + GAINS[2] * states.positions()[1] + GAINS[3] * states.velocities()[1], -10, 10);
                robot.send(wanted, applied);
                sent = true;
                took[i] = System.nanoTime() - begun;
                if (System.nanoTime() - due > period) {
                    missed++;
                }
            }
        }
        if (told) {
            System.out.printf(
                    "%d Hz, %d s: %d cycles, %d deadlines missed (%.3f %%), %d readings failed, %d wrong, pole %s%n",
                    rate,
                    seconds, cycles, missed, 100.0 * missed / cycles, failed, wrong, fell ? "fell" : "held");
            print("late", late);
            print("cycle", took);
        }
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf("  %-5s p50 %6.0f us, p99 %6.0f us, p99.9 %6.0f us, max %6.0f us%n", what, at(nanos, 0.5),
                at(nanos, 0.99), at(nanos, 0.999), nanos[nanos.length - 1] / 1e3);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))] / 1e3;
    }

    /// What the servos sent last and received last. Whoever has read an answer sees what was sent with it.
    private static final class LastPackets implements WireLog {

        private final PacketParser received = new PacketParser(1024);
        private final PacketParser sent = new PacketParser(1024);
        private final int[] positions = new int[2];
        private final int[] velocities = new int[2];
        private int current;

        @Override
        public synchronized void received(long nanoTime, byte[] bytes, int count) {
            received.accept(bytes, 0, count);
            while (received.next()) {
                if (received.instruction() == Instruction.SYNC_WRITE
                        && received.u16(0) == ControlTable.GOAL_CURRENT) {
                    current = received.s16(5);
                }
            }
        }

        @Override
        public synchronized void sent(long nanoTime, byte[] bytes, int count) {
            sent.accept(bytes, 0, count);
            while (sent.next()) {
                if (sent.id() == Instruction.BROADCAST_ID) {
                    int part = (sent.parameters() + 2) / 2;
                    for (int i = 0; i < 2; i++) {
                        int end = i * part + part - 2;
                        positions[i] = sent.s32(end - 4);
                        velocities[i] = sent.s32(end - 8);
                    }
                }
            }
        }

        synchronized boolean differs(JointStates states, double[] applied, boolean commanded) {
            boolean differs = false;
            for (int i = 0; i < 2; i++) {
                double perRadian = i == 0 ? METRES_PER_RADIAN : 1;
                differs |= Math.abs(states.positions()[i] - (positions[i] - ControlTable.CENTER) * perRadian
                        * ControlTable.RADIANS_PER_TICK) > 1e-9;
                differs |= Math
                        .abs(states.velocities()[i] - velocities[i] * perRadian * ControlTable.VELOCITY_UNIT) > 1e-9;
            }
            double unit = 0.00269 * 3.0 / 2.3 / METRES_PER_RADIAN;
            return differs || commanded && Math.abs(applied[0] - current * unit) > 1e-9;
        }
    }
}
