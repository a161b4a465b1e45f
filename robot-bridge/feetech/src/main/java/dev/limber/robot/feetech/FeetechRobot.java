package dev.limber.robot.feetech;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.ServoMount;
import dev.limber.robot.serial.feetech.FeetechTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/// Feetech STS servos on one line. They have no watchdog: what they were told last they do for ever.
///
/// Their check sum lets one damaged answer of 256 pass, so a reading counts only where each joint could have got there
/// since the one before.
final class FeetechRobot implements Robot {

    private static final int STATE_BYTES = 15;
    /// Registers from the mode to the goal speed.
    private static final int ORDER_BYTES = FeetechTable.GOAL_SPEED + 2 - FeetechTable.MODE;
    /// Registers from the torque to the status.
    private static final int HEALTH_BYTES = FeetechTable.STATUS + 1 - FeetechTable.TORQUE_ENABLE;
    private static final double BITS_PER_BYTE = 10;
    private static final int BYTES_PER_CYCLE = 12;
    /// How far a reading may be from what the joint's largest velocity allows [steps].
    private static final int MARGIN = 40;
    /// After so long without a reading anything may have happened [s].
    private static final double FORGET_SECONDS = 0.5;
    private static final double NANOS = 1e-9;
    /// What is so close to a step is that step.
    private static final double ROUNDING = 1e-6;

    private final String device;
    private final FeetechSettings settings;
    private final ServoMount[] mounts;
    private final int[] ids;
    private final int[] lowSteps;
    private final int[] highSteps;
    private final int[] lastSteps;
    private final int[] steps;
    private final boolean[] powered;
    private final boolean[] holding;
    private final int[] modes;
    private final byte[] state;
    private final byte[] orders;
    private final byte[] health;
    private final int[] errors;
    private final int[] raw;
    private final int[] goals;
    private final double[] scratch;
    private final int fastest;

    private FeetechMaster bus;
    private RobotSpec spec;
    private CommandMode mode;
    private long lastRead;
    private boolean knowsLast;

    FeetechRobot(String device, FeetechSettings settings, ServoMount[] mounts) {
        this.device = device;
        this.settings = settings;
        this.mounts = mounts;
        int count = mounts.length;
        ids = Arrays.stream(mounts).mapToInt(ServoMount::id).toArray();
        lowSteps = new int[count];
        highSteps = new int[count];
        lastSteps = new int[count];
        steps = new int[count];
        powered = new boolean[count];
        holding = new boolean[count];
        modes = new int[count];
        state = new byte[count * STATE_BYTES];
        orders = new byte[count * ORDER_BYTES];
        health = new byte[count * HEALTH_BYTES];
        errors = new int[count];
        raw = new int[count];
        goals = new int[count];
        scratch = new double[count];
        fastest = (int) Math.round(settings.velocity() / FeetechTable.RADIANS_PER_STEP);
        Arrays.fill(highSteps, FeetechTable.STEPS_PER_TURN - 1);
        spec = spec(0);
    }

    private RobotSpec spec(double delays) {
        List<Joint> joints = new ArrayList<>();
        for (int i = 0; i < mounts.length; i++) {
            double a = position(i, lowSteps[i]);
            double b = position(i, highSteps[i]);
            joints.add(new Joint(mounts[i].joint(), Math.min(a, b), Math.max(a, b),
                    fastest * FeetechTable.RADIANS_PER_STEP * Math.abs(mounts[i].perRadian()),
                    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, mounts[i].actuated()));
        }
        int bytes = 2 * BYTES_PER_CYCLE + mounts.length * (STATE_BYTES + BYTES_PER_CYCLE);
        return new RobotSpec(settings.name(), joints, EnumSet.of(CommandMode.POSITION, CommandMode.VELOCITY),
                bytes * BITS_PER_BYTE / settings.baud() + delays, new DriveWatchdog.None());
    }

    private double position(int i, int step) {
        return mounts[i].offset()
                + mounts[i].perRadian() * (step - FeetechTable.CENTER) * FeetechTable.RADIANS_PER_STEP;
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        if (bus != null) {
            return;
        }
        bus = new FeetechMaster(new SerialLine(device, settings.baud()), settings.baud(), settings.timeout());
        try {
            double delays = 0;
            for (int i = 0; i < mounts.length; i++) {
                if (!bus.ping(ids[i])) {
                    throw new RobotException(Kind.TIMEOUT, mounts[i].words() + " does not answer on " + device + " at "
                            + settings.baud() + " baud; check cable, power, id and baud");
                }
                lowSteps[i] = bus.read(ids[i], FeetechTable.MIN_ANGLE, 2);
                highSteps[i] = bus.read(ids[i], FeetechTable.MAX_ANGLE, 2);
                modes[i] = bus.read(ids[i], FeetechTable.MODE, 1);
                powered[i] = bus.read(ids[i], FeetechTable.TORQUE_ENABLE, 1) == 1;
                holding[i] = powered[i];
                if (highSteps[i] <= lowSteps[i]) {
                    lowSteps[i] = 0;
                    highSteps[i] = FeetechTable.STEPS_PER_TURN - 1;
                }
                delays += bus.read(ids[i], FeetechTable.RETURN_DELAY_TIME, 1) * FeetechTable.DELAY_SECONDS;
            }
            spec = spec(delays);
            knowsLast = false;
        } catch (RobotException failure) {
            bus.close();
            bus = null;
            throw failure;
        }
    }

    @Override
    public void read(JointStates target) {
        requireConnected();
        readState();
        long now = lastRead;
        for (int i = 0; i < mounts.length; i++) {
            int at = i * STATE_BYTES;
            double perStep = mounts[i].perRadian() * FeetechTable.RADIANS_PER_STEP;
            target.positions()[i] = position(i, steps[i]);
            target.velocities()[i] = perStep
                    * signed(at + FeetechTable.PRESENT_SPEED - FeetechTable.PRESENT_POSITION);
            target.efforts()[i] = mounts[i].torque() == 0 ? Double.NaN
                    : mounts[i].torque() * FeetechTable.CURRENT_UNIT / mounts[i].perRadian()
                            * signed(at + FeetechTable.PRESENT_CURRENT - FeetechTable.PRESENT_POSITION);
        }
        target.nanoTime()[0] = now;
    }

    private void readState() {
        bus.readTogether(ids, FeetechTable.PRESENT_POSITION, STATE_BYTES, state, errors);
        long now = System.nanoTime();
        double passed = (now - lastRead) * NANOS;
        boolean check = knowsLast && passed < FORGET_SECONDS;
        for (int i = 0; i < mounts.length; i++) {
            steps[i] = signed(i * STATE_BYTES);
            if (check && Math.abs(steps[i] - lastSteps[i]) > MARGIN + 2 * fastest * passed) {
                throw new RobotException(Kind.CORRUPT,
                        mounts[i].words() + " cannot have moved to " + position(i, steps[i]) + " so fast");
            }
            int error = errors[i] | state[i * STATE_BYTES + FeetechTable.STATUS - FeetechTable.PRESENT_POSITION] & 0xff;
            if (error != 0) {
                throw new RobotException(Kind.DRIVE_FAULT, mounts[i].words() + " reports "
                        + FeetechTable.words(error) + "; remove the cause, then switch its power off and on");
            }
        }
        System.arraycopy(steps, 0, lastSteps, 0, steps.length);
        lastRead = now;
        knowsLast = true;
    }

    private int signed(int at) {
        return FeetechTable.signed(state[at] & 0xff | (state[at + 1] & 0xff) << 8, FeetechTable.SIGN_BIT);
    }

    @Override
    public void readHealth(DriveHealth target) {
        requireConnected();
        bus.readTogether(ids, FeetechTable.TORQUE_ENABLE, HEALTH_BYTES, health, errors);
        for (int i = 0; i < mounts.length; i++) {
            int at = i * HEALTH_BYTES - FeetechTable.TORQUE_ENABLE;
            target.voltages()[i] = (health[at + FeetechTable.PRESENT_VOLTAGE] & 0xff) / 10.0;
            target.temperatures()[i] = health[at + FeetechTable.PRESENT_TEMPERATURE] & 0xff;
            String words = FeetechTable.words(errors[i] | health[at + FeetechTable.STATUS] & 0xff);
            boolean lost = powered[i] && health[at + FeetechTable.TORQUE_ENABLE] == 0;
            target.errors()[i] = words.isEmpty() && lost ? "loss of torque, as after a loss of power" : words;
        }
    }

    @Override
    public void setWatchdog(double seconds) {
        requireConnected();
        if (seconds != 0) {
            throw new RobotException(Kind.REFUSED, "Feetech STS servos have no watchdog: it can only be 0");
        }
    }

    @Override
    public void enable(CommandMode wanted) {
        enable(wanted, () -> false);
    }

    @Override
    public void enable(CommandMode wanted, BooleanSupplier unwanted) {
        requireConnected();
        if (!spec.modes().contains(wanted)) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' takes no commands of " + wanted
                    + ", only of " + spec.modes() + ": Feetech STS servos follow positions and velocities");
        }
        mode = null;
        knowsLast = false;
        try {
            readState();
            for (int i = 0; i < mounts.length && !unwanted.getAsBoolean(); i++) {
                if (mounts[i].actuated()) {
                    change(i, wanted == CommandMode.POSITION ? FeetechTable.MODE_POSITION : FeetechTable.MODE_SPEED,
                            FeetechMaster.PATIENCE);
                    holding[i] = false;
                }
            }
        } catch (RobotException failure) {
            release(true);
            throw failure;
        }
        if (unwanted.getAsBoolean()) {
            throw new RobotException(Kind.REFUSED, "a stop came while the servos were given torque");
        }
        mode = wanted;
    }

    /// Gives a servo torque in an operating mode in which it moves nothing.
    ///
    /// @param patience how long it waits for each answer [s]
    private void change(int i, int operatingMode, double patience) {
        if (modes[i] != operatingMode) {
            bus.write(ids[i], FeetechTable.TORQUE_ENABLE, 1, 0, patience);
            powered[i] = false;
            bus.write(ids[i], FeetechTable.LOCK, 1, 0, patience);
            bus.write(ids[i], FeetechTable.MODE, 1, operatingMode, patience);
            bus.write(ids[i], FeetechTable.LOCK, 1, 1, patience);
            modes[i] = operatingMode;
        }
        bus.write(ids[i], FeetechTable.ACCELERATION, 1, 0, patience);
        bus.write(ids[i], FeetechTable.GOAL_PWM, 2, 0, patience);
        bus.write(ids[i], FeetechTable.GOAL_SPEED, 2, 0, patience);
        int now = bus.read(ids[i], FeetechTable.PRESENT_POSITION, 2, patience);
        bus.write(ids[i], FeetechTable.GOAL_POSITION, 2, now, patience);
        goals[i] = FeetechTable.signed(now, FeetechTable.SIGN_BIT);
        bus.write(ids[i], FeetechTable.TORQUE_ENABLE, 1, 1, patience);
        powered[i] = true;
    }

    @Override
    public void send(double[] command, double[] applied) {
        requireConnected();
        if (mode == null) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' is not enabled, nothing can be sent");
        }
        for (int i = 0; i < mounts.length; i++) {
            if (!mounts[i].actuated()) {
                scratch[i] = Double.NaN;
                continue;
            }
            if (Double.isNaN(command[i])) {
                throw new RobotException(Kind.REFUSED, "the command for " + mounts[i].words() + " is no number");
            }
            double perStep = mounts[i].perRadian() * FeetechTable.RADIANS_PER_STEP;
            if (mode == CommandMode.POSITION) {
                raw[i] = towards(i, Math.clamp(
                        FeetechTable.CENTER + (command[i] - mounts[i].offset()) / perStep, lowSteps[i], highSteps[i]));
                scratch[i] = position(i, raw[i]);
            } else {
                double speed = Math.clamp(command[i] / perStep, -fastest, fastest);
                raw[i] = (int) (speed + Math.copySign(ROUNDING, speed));
                scratch[i] = raw[i] * perStep;
            }
        }
        sendTogether(mode == CommandMode.POSITION ? FeetechTable.GOAL_POSITION : FeetechTable.GOAL_SPEED);
        if (mode == CommandMode.POSITION) {
            System.arraycopy(raw, 0, goals, 0, goals.length);
        }
        System.arraycopy(scratch, 0, applied, 0, mounts.length);
    }

    /// Rounds towards the last goal, so that it is never beyond what was wanted before or is wanted now.
    private int towards(int i, double wanted) {
        return (int) (wanted > goals[i] ? Math.floor(wanted + ROUNDING) : Math.ceil(wanted - ROUNDING));
    }

    private void sendTogether(int address) {
        bus.begin(FeetechTable.BROADCAST_ID, FeetechTable.SYNC_WRITE).put8(address).put8(2);
        for (int i = 0; i < mounts.length; i++) {
            if (mounts[i].actuated()) {
                bus.put(1, ids[i]);
                bus.put(2, FeetechTable.raw(raw[i], FeetechTable.SIGN_BIT));
            }
        }
        bus.send();
    }

    @Override
    public void stop(StopWay[] ways) {
        requireConnected();
        mode = null;
        if (stopped(ways)) {
            return;
        }
        RobotException failure = null;
        try {
            tellTogether(ways);
            hearTogether(ways);
        } catch (RobotException lost) {
            failure = lost;
        }
        for (int i = 0; i < mounts.length; i++) {
            try {
                if (!stopped(i, ways[i])) {
                    stop(i, ways[i]);
                }
            } catch (RobotException lost) {
                failure = failure == null ? lost : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Tells all servos at once, by requests that nobody answers: what is to fall falls with the first bytes on the line, what turns at a speed
    /// stands with the next, and what is to be damped is with those after them. A mode is told once: some servos keep it without power.
    private void tellTogether(StopWay[] ways) {
        tell(FeetechTable.TORQUE_ENABLE, 0, i -> powered[i] && ways[i] == StopWay.TORQUE_OFF);
        boolean turning = false;
        for (int i = 0; i < mounts.length; i++) {
            turning |= powered[i] && modes[i] == FeetechTable.MODE_SPEED;
        }
        if (turning) {
            Arrays.fill(raw, 0);
            sendTogether(FeetechTable.GOAL_SPEED);
        }
        tell(FeetechTable.MODE, FeetechTable.MODE_PWM,
                i -> powered[i] && ways[i] == StopWay.DAMP && modes[i] != FeetechTable.MODE_PWM);
    }

    /// Writes a register of 1 byte of some servos.
    private void tell(int address, int value, IntPredicate whom) {
        boolean any = false;
        bus.begin(FeetechTable.BROADCAST_ID, FeetechTable.SYNC_WRITE).put8(address).put8(1);
        for (int i = 0; i < mounts.length; i++) {
            if (whom.test(i)) {
                bus.put(1, ids[i]);
                bus.put(1, value);
                any = true;
            }
        }
        if (any) {
            bus.send();
        }
    }

    private boolean stopped(StopWay[] ways) {
        for (int i = 0; i < mounts.length; i++) {
            if (!stopped(i, ways[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean stopped(int i, StopWay way) {
        return !powered[i] || switch (way) {
            case TORQUE_OFF -> false;
            case HOLD -> holding[i] && modes[i] != FeetechTable.MODE_PWM;
            case DAMP -> !holding[i] && modes[i] == FeetechTable.MODE_PWM;
        };
    }

    /// Asks all servos at once what they made of it. Those that do not answer, or did not take it, are told one by one afterwards.
    private void hearTogether(StopWay[] ways) {
        try {
            bus.readTogether(ids, FeetechTable.MODE, ORDER_BYTES, orders, errors);
        } catch (RobotException unheard) {
            return;
        }
        for (int i = 0; i < mounts.length; i++) {
            int at = i * ORDER_BYTES - FeetechTable.MODE;
            int operatingMode = orders[at + FeetechTable.MODE];
            boolean driven = orders[at + FeetechTable.GOAL_PWM] != 0 || orders[at + FeetechTable.GOAL_PWM + 1] != 0
                    || orders[at + FeetechTable.GOAL_SPEED] != 0 || orders[at + FeetechTable.GOAL_SPEED + 1] != 0;
            boolean taken = powered[i] && switch (ways[i]) {
                case TORQUE_OFF -> orders[at + FeetechTable.TORQUE_ENABLE] == 0;
                case HOLD -> operatingMode == FeetechTable.MODE_POSITION
                        || operatingMode == FeetechTable.MODE_SPEED && !driven;
                case DAMP -> operatingMode == FeetechTable.MODE_PWM && !driven;
            };
            if (taken) {
                powered[i] = ways[i] != StopWay.TORQUE_OFF;
                holding[i] = ways[i] == StopWay.HOLD;
                modes[i] = operatingMode;
            }
        }
    }

    private void stop(int i, StopWay way) {
        double patience = settings.timeout();
        switch (way) {
            case TORQUE_OFF -> {
                bus.write(ids[i], FeetechTable.TORQUE_ENABLE, 1, 0, patience);
                powered[i] = false;
            }
            case HOLD -> {
                if (modes[i] == FeetechTable.MODE_PWM) {
                    change(i, FeetechTable.MODE_POSITION, patience);
                } else if (modes[i] == FeetechTable.MODE_SPEED) {
                    bus.write(ids[i], FeetechTable.GOAL_SPEED, 2, 0, patience);
                }
            }
            // Without voltage the motor is shorted and brakes.
            case DAMP -> change(i, FeetechTable.MODE_PWM, patience);
        }
        holding[i] = way == StopWay.HOLD;
    }

    private void release(boolean held) {
        for (int i = 0; i < mounts.length; i++) {
            if (!mounts[i].actuated() || holding[i] && !held) {
                continue;
            }
            try {
                bus.write(ids[i], FeetechTable.TORQUE_ENABLE, 1, 0, settings.timeout());
            } catch (RobotException unreachable) {
                // Nothing else can be done from here.
            }
            powered[i] = false;
        }
    }

    private void requireConnected() {
        if (bus == null) {
            throw new RobotException(Kind.DISCONNECTED, "robot '" + spec.name() + "' is not connected");
        }
    }

    @Override
    public void close() {
        if (bus == null) {
            return;
        }
        mode = null;
        release(false);
        bus.close();
        bus = null;
    }
}
