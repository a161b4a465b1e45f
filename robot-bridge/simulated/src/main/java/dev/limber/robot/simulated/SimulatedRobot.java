package dev.limber.robot.simulated;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.robot.simulated.Plant.Drive;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Drives with a plant behind them that moves on by as much as the clock did since the last call: it needs no thread of its own.
final class SimulatedRobot implements Robot {

    static final double SHORTEST_WATCHDOG = 0.01;
    static final double LONGEST_WATCHDOG = 10;

    /// Motion that was missed for longer than this is left out [s].
    private static final double MISSED_SECONDS = 0.2;
    private static final double NANOS = 1e-9;
    private static final double VOLTS = 12;
    private static final double DEGREES = 25;

    private final String name;
    private final List<Joint> joints;
    private final Supplier<Plant> makePlant;
    private final Imperfections imperfections;
    private final boolean hand;
    private final LongSupplier clock;
    private final SeededRandom random;
    private final RobotSpec spec;

    private Plant plant;
    private long simulatedTo;
    private long stepNanos;
    private long lastHeard;
    private double watchdog;
    private CommandMode mode;
    private boolean held;
    private boolean letGo;

    /// What the drives do, and what they were told and will do once the latency is over.
    private final Drive[] drives;
    private final double[] goals;
    private final double[] commands;
    private double[][] commandsUnderWay = new double[0][];
    private final JointStates latest;
    private JointStates[] states = new JointStates[0];
    private int at;

    /// @param makePlant makes the plant on the thread that uses the robot
    /// @param hand whether somebody holds the robot still until it is told to move, and puts it back when it has no torque
    /// @param clock nanoseconds
    SimulatedRobot(String name, List<Joint> joints, double cycleSeconds, Supplier<Plant> makePlant,
            Imperfections imperfections, boolean hand, LongSupplier clock) {
        this.name = name;
        this.joints = joints;
        this.makePlant = makePlant;
        this.imperfections = imperfections;
        this.hand = hand;
        this.clock = clock;
        random = new SeededRandom(imperfections.seed());
        spec = new RobotSpec(name, joints, EnumSet.allOf(CommandMode.class), cycleSeconds,
                new DriveWatchdog.Settable(SHORTEST_WATCHDOG, LONGEST_WATCHDOG));
        drives = new Drive[joints.size()];
        Arrays.fill(drives, Drive.OFF);
        goals = new double[joints.size()];
        commands = new double[joints.size()];
        latest = JointStates.ofJoints(joints.size());
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        if (plant != null) {
            return;
        }
        plant = makePlant.get();
        stepNanos = Math.round(plant.stepSeconds() / NANOS);
        simulatedTo = clock.getAsLong();
        lastHeard = simulatedTo;
        int steps = 1 + (int) Math.ceil(imperfections.latency() / plant.stepSeconds());
        states = new JointStates[steps];
        commandsUnderWay = new double[steps][joints.size()];
        for (int i = 0; i < steps; i++) {
            states[i] = JointStates.ofJoints(joints.size());
            plant.measure(states[i].positions(), states[i].velocities(), states[i].efforts());
        }
    }

    /// Whether any drive has torque.
    boolean energised() {
        for (Drive drive : drives) {
            if (drive != Drive.OFF) {
                return true;
            }
        }
        return false;
    }

    private void advance() {
        if (plant == null) {
            throw new RobotException(Kind.DISCONNECTED, "robot '" + name + "' is not connected");
        }
        long now = clock.getAsLong();
        if ((now - simulatedTo) * NANOS > MISSED_SECONDS) {
            simulatedTo = now - Math.round(MISSED_SECONDS / NANOS);
        }
        while (now - simulatedTo >= stepNanos) {
            simulatedTo += stepNanos;
            step();
        }
        lastHeard = now;
    }

    private void step() {
        if (watchdog > 0 && energised() && (simulatedTo - lastHeard) * NANOS > watchdog) {
            strike();
        }
        // Both rings are as long as the latency: what comes round is what has arrived.
        at = (at + 1) % states.length;
        System.arraycopy(commands, 0, commandsUnderWay[at], 0, commands.length);
        double[] arrived = commandsUnderWay[(at + 1) % states.length];
        for (int i = 0; i < goals.length; i++) {
            goals[i] = mode == null ? goals[i] : arrived[i];
        }
        if (hand && !letGo) {
            letGo = energised() && isToMove();
        }
        if (!hand || letGo) {
            plant.step(drives, goals);
        }
        if (hand && letGo && !energised()) {
            plant.reset();
            letGo = false;
        }
        plant.measure(states[at].positions(), states[at].velocities(), states[at].efforts());
    }

    private boolean isToMove() {
        JointStates now = states[(at + states.length - 1) % states.length];
        for (int i = 0; i < goals.length; i++) {
            double rest = drives[i] == Drive.POSITION ? now.positions()[i] : 0;
            if (joints.get(i).actuated() && goals[i] != rest) {
                return true;
            }
        }
        return false;
    }

    private void strike() {
        for (int i = 0; i < drives.length; i++) {
            if (drives[i] == Drive.VELOCITY || drives[i] == Drive.EFFORT) {
                commands[i] = 0;
                goals[i] = 0;
            }
        }
        mode = null;
    }

    @Override
    public void read(JointStates target) {
        advance();
        if (imperfections.loss() > 0 && random.nextDouble() < imperfections.loss()) {
            throw new RobotException(Kind.TIMEOUT,
                    "robot '" + name + "' lost a reply, as it was told to by option 'loss'");
        }
        JointStates old = states[(at + 1) % states.length];
        for (int i = 0; i < goals.length; i++) {
            double position = old.positions()[i] + noise(imperfections.positionNoise());
            target.positions()[i] = imperfections.resolution() > 0
                    ? Math.rint(position / imperfections.resolution()) * imperfections.resolution()
                    : position;
            target.velocities()[i] = old.velocities()[i] + noise(imperfections.velocityNoise());
            target.efforts()[i] = old.efforts()[i];
        }
        target.nanoTime()[0] = clock.getAsLong();
    }

    private double noise(double deviation) {
        return deviation > 0 ? deviation * random.nextGaussian() : 0;
    }

    @Override
    public void readHealth(DriveHealth target) {
        advance();
        Arrays.fill(target.temperatures(), DEGREES);
        Arrays.fill(target.voltages(), VOLTS);
        Arrays.fill(target.errors(), "");
    }

    @Override
    public void setWatchdog(double seconds) {
        advance();
        if (seconds != 0 && !(seconds >= SHORTEST_WATCHDOG && seconds <= LONGEST_WATCHDOG)) {
            throw new RobotException(Kind.REFUSED, "the watchdog of robot '" + name + "' cannot be " + seconds
                    + " s, only 0 for none or " + SHORTEST_WATCHDOG + " to " + LONGEST_WATCHDOG + " s");
        }
        watchdog = seconds;
    }

    @Override
    public void enable(CommandMode wanted) {
        advance();
        plant.measure(latest.positions(), latest.velocities(), latest.efforts());
        for (int i = 0; i < drives.length; i++) {
            drives[i] = joints.get(i).actuated() ? Drive.of(wanted) : Drive.OFF;
            commands[i] = wanted == CommandMode.POSITION ? latest.positions()[i] : 0;
            goals[i] = commands[i];
        }
        for (double[] underWay : commandsUnderWay) {
            System.arraycopy(commands, 0, underWay, 0, commands.length);
        }
        mode = wanted;
        held = false;
    }

    @Override
    public void send(double[] command, double[] applied) {
        advance();
        if (mode == null) {
            throw new RobotException(Kind.REFUSED,
                    "robot '" + name + "' is not enabled, or its watchdog has stopped it: nothing can be sent");
        }
        for (int i = 0; i < command.length; i++) {
            if (joints.get(i).actuated() && Double.isNaN(command[i])) {
                throw new RobotException(Kind.REFUSED,
                        "the command for joint '" + joints.get(i).name() + "' is no number");
            }
        }
        boolean lost = imperfections.loss() > 0 && random.nextDouble() < imperfections.loss();
        for (int i = 0; i < command.length; i++) {
            Joint joint = joints.get(i);
            if (!joint.actuated()) {
                applied[i] = Double.NaN;
                continue;
            }
            applied[i] = switch (mode) {
                case POSITION -> Math.clamp(command[i], joint.low(), joint.high());
                case VELOCITY -> Math.clamp(command[i], -joint.maxVelocity(), joint.maxVelocity());
                case EFFORT -> Math.clamp(command[i], -joint.maxEffort(), joint.maxEffort());
            };
            commands[i] = lost ? commands[i] : applied[i];
        }
    }

    @Override
    public void stop(StopWay[] ways) {
        advance();
        plant.measure(latest.positions(), latest.velocities(), latest.efforts());
        held = false;
        for (int i = 0; i < drives.length; i++) {
            if (drives[i] == Drive.OFF) {
                continue;
            }
            boolean following = drives[i] == Drive.POSITION;
            drives[i] = switch (ways[i]) {
                case HOLD -> Drive.POSITION;
                case DAMP -> Drive.DAMPING;
                case TORQUE_OFF -> Drive.OFF;
            };
            goals[i] = ways[i] == StopWay.HOLD && !following ? latest.positions()[i] : goals[i];
            held |= ways[i] == StopWay.HOLD;
        }
        mode = null;
    }

    @Override
    public void close() {
        if (plant == null) {
            return;
        }
        if (!held) {
            Arrays.fill(drives, Drive.OFF);
        }
        mode = null;
        plant.close();
        plant = null;
    }
}
