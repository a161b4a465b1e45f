package dev.limber.robot.dynamixel;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.robot.dynamixel.Servo.Doing;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.ServoModel;
import dev.limber.robot.serial.dynamixel.StatusError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// Dynamixel servos on one line.
///
/// All joints are measured by one sync read (a fast one where every firmware can) of current, velocity and position, and
/// commanded by one sync write. Readings ask for different numbers of bytes in turn, so that an answer that comes up to six cycles too
/// late is told from the one that is waited for.
final class DynamixelRobot implements Robot {

    /// Current, velocity and position.
    private static final int STATE_BYTES = 10;
    /// Of the registers before them, which every model has: clock, moving, present PWM.
    private static final int MORE_BYTES = 6;
    private static final int STATUS_BYTES = 11;
    private static final int TOGETHER_BYTES = 14;
    private static final int GOAL_BYTES = 5;
    private static final double NANOS = 1e-9;
    private static final double ROUNDING = 1e-9;
    private static final int ANSWERS_ALL = 2;
    /// How many timeouts those that do not answer may take of a stop.
    private static final int PATIENT_STOPS = 4;

    private final String device;
    private final DynamixelSettings settings;
    private final Servo[] servos;
    private final Servo[] actuated;
    private final int[] ids;
    private final int[] actuatedIds;

    private final byte[] state;
    private final int[] errors;
    private final int[] raw;
    private final double[] scratch;

    private BusMaster bus;
    private RobotSpec spec;
    private boolean fast;
    private int more;
    private CommandMode mode;
    private int watchdog;

    /// @param servos in the order of the joints
    DynamixelRobot(String device, DynamixelSettings settings, Servo[] servos) {
        this.device = device;
        this.settings = settings;
        this.servos = servos;
        actuated = Arrays.stream(servos).filter(servo -> servo.actuated).toArray(Servo[]::new);
        ids = Arrays.stream(servos).mapToInt(servo -> servo.id).toArray();
        actuatedIds = Arrays.stream(actuated).mapToInt(servo -> servo.id).toArray();
        state = new byte[servos.length * (STATE_BYTES + MORE_BYTES)];
        errors = new int[servos.length];
        raw = new int[servos.length];
        scratch = new double[servos.length];
        List<Joint> joints = new ArrayList<>();
        for (Servo servo : servos) {
            joints.add(new Joint(servo.joint, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, servo.actuated));
        }
        spec = spec(joints, EnumSet.allOf(CommandMode.class), cycleSeconds(0));
    }

    private RobotSpec spec(List<Joint> joints, Set<CommandMode> modes, double cycleSeconds) {
        return new RobotSpec(settings.name(), joints, modes, cycleSeconds, new DriveWatchdog.Settable(
                ControlTable.WATCHDOG_SECONDS, ControlTable.WATCHDOG_LONGEST * ControlTable.WATCHDOG_SECONDS));
    }

    /// What one reading and one command take on the line, with the delays of the servos [s].
    private double cycleSeconds(double delays) {
        int bytes = TOGETHER_BYTES + servos.length * (1 + STATUS_BYTES + STATE_BYTES + MORE_BYTES) + TOGETHER_BYTES
                + actuated.length * GOAL_BYTES;
        return bytes * 10.0 / settings.baud() + delays;
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
        bus = new BusMaster(new SerialLine(device, settings.baud()), settings.baud(), settings.timeout());
        try {
            fast = settings.fast();
            double delays = 0;
            List<Joint> joints = new ArrayList<>();
            for (Servo servo : servos) {
                meet(servo);
                fast &= servo.firmware >= servo.model().fastFirmware();
                delays += bus.read(servo.id, ControlTable.RETURN_DELAY_TIME, 1) * ControlTable.DELAY_SECONDS;
                joints.add(new Joint(servo.joint, servo.low(), servo.high(), servo.maxVelocity(),
                        Double.POSITIVE_INFINITY, servo.maxEffort(), servo.actuated));
            }
            Set<CommandMode> modes = EnumSet.of(CommandMode.POSITION, CommandMode.VELOCITY);
            if (Arrays.stream(actuated).allMatch(servo -> servo.model().hasCurrent())) {
                modes.add(CommandMode.EFFORT);
            }
            spec = spec(joints, modes, cycleSeconds(delays));
        } catch (RobotException failure) {
            bus.close();
            bus = null;
            throw failure;
        }
    }

    /// Finds out what a servo is, how it is set, and whether it already has torque.
    private void meet(Servo servo) {
        int found = bus.ping(servo.id);
        if (found < 0) {
            throw new RobotException(Kind.TIMEOUT, servo.words() + " does not answer on " + device + " at "
                    + settings.baud() + " baud; check cable, power, id and baud");
        }
        int number = found & 0xffff;
        servo.model(ServoModel.of(number).orElseThrow(() -> new RobotException(Kind.REFUSED, servo.words()
                + " is model " + number + ", known are " + ServoModel.all().stream().map(ServoModel::name).toList())));
        servo.firmware = found >> 16;
        bus.writeSilently(servo.id, ControlTable.STATUS_RETURN_LEVEL, ANSWERS_ALL);
        servo.operatingMode = bus.read(servo.id, ControlTable.OPERATING_MODE, 1);
        servo.velocityLimit = Math.max(1, bus.read(servo.id, ControlTable.VELOCITY_LIMIT, 4));
        servo.currentLimit = servo.model().hasCurrent() ? Math.max(1, bus.read(servo.id, ControlTable.CURRENT_LIMIT, 2))
                : 0;
        if (servo.actuated && positionMode(servo) == ControlTable.MODE_POSITION) {
            servo.lowTicks = bus.read(servo.id, ControlTable.MIN_POSITION_LIMIT, 4);
            servo.highTicks = bus.read(servo.id, ControlTable.MAX_POSITION_LIMIT, 4);
        } else {
            servo.lowTicks = -ControlTable.EXTENDED_LIMIT;
            servo.highTicks = ControlTable.EXTENDED_LIMIT;
        }
        if ((servo.doing == Doing.NOTHING || servo.doing == Doing.CHANGING)
                && bus.read(servo.id, ControlTable.TORQUE_ENABLE, 1) == 1) {
            servo.doing = Doing.HOLDING;
        }
    }

    private int positionMode(Servo servo) {
        return switch (settings.positioning()) {
            case "current" -> ControlTable.MODE_CURRENT_BASED_POSITION;
            case "extended" -> ControlTable.MODE_EXTENDED_POSITION;
            default -> servo.slides() ? ControlTable.MODE_EXTENDED_POSITION : ControlTable.MODE_POSITION;
        };
    }

    @Override
    public void read(JointStates target) {
        requireConnected();
        int bytes = STATE_BYTES + more;
        more = more == MORE_BYTES ? 0 : more + 1;
        bus.readTogether(ids, ControlTable.PRESENT_CURRENT - (bytes - STATE_BYTES), bytes, fast, state, errors);
        long now = System.nanoTime();
        for (int i = 0; i < servos.length; i++) {
            if (errors[i] != 0) {
                throw fault(i);
            }
        }
        for (int i = 0; i < servos.length; i++) {
            int at = i * bytes + bytes - STATE_BYTES;
            target.efforts()[i] = servos[i].effort((short) number(at, 2));
            target.velocities()[i] = servos[i].velocity(number(at + 2, 4));
            target.positions()[i] = servos[i].position(number(at + 6, 4));
        }
        target.nanoTime()[0] = now;
    }

    private int number(int at, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= (state[at + i] & 0xff) << 8 * i;
        }
        return value;
    }

    private RobotException fault(int index) {
        Servo servo = servos[index];
        if ((errors[index] & StatusError.ALERT) == 0) {
            return new RobotException(Kind.CORRUPT, servo.words() + " " + StatusError.words(errors[index]));
        }
        int bits;
        bus.hurry(true);
        try {
            bits = bus.read(servo.id, ControlTable.HARDWARE_ERROR_STATUS, 1);
        } finally {
            bus.hurry(false);
        }
        return new RobotException(Kind.DRIVE_FAULT, servo.words() + " reports " + StatusError.hardware(bits)
                + "; remove the cause, then switch its power off and on");
    }

    @Override
    public void readHealth(DriveHealth target) {
        requireConnected();
        int[] struck = new int[servos.length];
        String[] words = new String[servos.length];
        bus.readTogether(ids, ControlTable.BUS_WATCHDOG, 1, fast, state, errors);
        for (int i = 0; i < servos.length; i++) {
            struck[i] = state[i] & 0xff;
        }
        bus.readTogether(ids, ControlTable.HARDWARE_ERROR_STATUS, 1, fast, state, errors);
        for (int i = 0; i < servos.length; i++) {
            String hardware = StatusError.hardware(state[i] & 0xff);
            boolean stopped = struck[i] == ControlTable.WATCHDOG_STRUCK;
            words[i] = hardware + (stopped && !hardware.isEmpty() ? ", " : "")
                    + (stopped ? "stopped by its watchdog" : "");
        }
        bus.readTogether(ids, ControlTable.PRESENT_INPUT_VOLTAGE, 3, fast, state, errors);
        for (int i = 0; i < servos.length; i++) {
            target.voltages()[i] = number(3 * i, 2) / 10.0;
            target.temperatures()[i] = state[3 * i + 2] & 0xff;
            target.errors()[i] = words[i];
        }
    }

    @Override
    public void setWatchdog(double seconds) {
        requireConnected();
        int units = (int) Math.floor(seconds / ControlTable.WATCHDOG_SECONDS + ROUNDING);
        boolean off = seconds == 0;
        if (!off && !(units >= 1
                && seconds <= ControlTable.WATCHDOG_LONGEST * ControlTable.WATCHDOG_SECONDS + ROUNDING)) {
            throw new RobotException(Kind.REFUSED, "the watchdog of Dynamixel servos cannot be " + seconds
                    + " s, only 0 for none or 0.02 to 2.54 s");
        }
        for (Servo servo : actuated) {
            armWatchdog(servo, units);
        }
        watchdog = units;
    }

    private void armWatchdog(Servo servo, int units) {
        bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, 0);
        bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, units);
        int taken = bus.read(servo.id, ControlTable.BUS_WATCHDOG, 1);
        if (taken != units) {
            throw new RobotException(Kind.REFUSED, servo.words() + " has a watchdog of "
                    + taken * ControlTable.WATCHDOG_SECONDS + " s after it was told another");
        }
    }

    @Override
    public void enable(CommandMode wanted) {
        requireConnected();
        if (!spec.modes().contains(wanted)) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' takes no commands of " + wanted + ": "
                    + Arrays.stream(actuated).filter(servo -> !servo.model().hasCurrent()).map(
                            servo -> servo.words() + " is an " + servo.model().name() + ", which measures no current")
                            .toList());
        }
        mode = null;
        try {
            for (Servo servo : actuated) {
                enable(servo, wanted);
            }
        } catch (RobotException failure) {
            release(true);
            throw failure;
        }
        mode = wanted;
    }

    private void enable(Servo servo, CommandMode wanted) {
        int bits = bus.read(servo.id, ControlTable.HARDWARE_ERROR_STATUS, 1);
        if (bits != 0) {
            throw new RobotException(Kind.DRIVE_FAULT, servo.words() + " reports " + StatusError.hardware(bits)
                    + "; remove the cause, then switch its power off and on");
        }
        change(servo, switch (wanted) {
            case POSITION -> positionMode(servo);
            case VELOCITY -> ControlTable.MODE_VELOCITY;
            case EFFORT -> ControlTable.MODE_CURRENT;
        });
        servo.doing = Doing.OBEYING;
    }

    /// Gives a servo torque in an operating mode in which it moves nothing.
    private void change(Servo servo, int operatingMode) {
        boolean other = servo.operatingMode != operatingMode || servo.doing == Doing.NOTHING
                || servo.doing == Doing.CHANGING;
        servo.doing = Doing.CHANGING;
        if (other) {
            bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
        }
        armWatchdog(servo, 0);
        if (other) {
            bus.write(servo.id, ControlTable.OPERATING_MODE, 1, operatingMode);
            servo.operatingMode = operatingMode;
        }
        bus.write(servo.id, ControlTable.PROFILE_ACCELERATION, 4, 0);
        bus.write(servo.id, ControlTable.PROFILE_VELOCITY, 4, 0);
        rest(servo);
        bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 1);
        // Servos forget their goals when they get torque.
        rest(servo);
        armWatchdog(servo, watchdog);
    }

    /// Makes a servo's goal to stay where it is.
    private void rest(Servo servo) {
        switch (servo.operatingMode) {
            case ControlTable.MODE_CURRENT -> bus.write(servo.id, ControlTable.GOAL_CURRENT, 2, 0);
            case ControlTable.MODE_VELOCITY -> bus.write(servo.id, ControlTable.GOAL_VELOCITY, 4, 0);
            case ControlTable.MODE_PWM -> bus.write(servo.id, ControlTable.GOAL_PWM, 2, 0);
            default -> {
                int ticks = bus.read(servo.id, ControlTable.PRESENT_POSITION, 4);
                boolean oneTurn = servo.operatingMode == ControlTable.MODE_POSITION;
                if (oneTurn && (ticks < servo.lowTicks || ticks > servo.highTicks)) {
                    throw new RobotException(Kind.REFUSED, servo.words() + " stands at " + servo.position(ticks)
                            + ", out of the limits of its drive, " + servo.low() + " to " + servo.high()
                            + "; move it by hand, or set positioning=extended");
                }
                if (servo.operatingMode == ControlTable.MODE_CURRENT_BASED_POSITION) {
                    bus.write(servo.id, ControlTable.GOAL_CURRENT, 2, servo.currentLimit);
                }
                bus.write(servo.id, ControlTable.GOAL_POSITION, 4, ticks);
                servo.goalTicks = ticks;
            }
        }
    }

    @Override
    public void send(double[] command, double[] applied) {
        requireConnected();
        if (mode == null) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' is not enabled, nothing can be sent");
        }
        if (watchdog > 0 && (System.nanoTime() - bus.lastSent()) * NANOS > watchdog * ControlTable.WATCHDOG_SECONDS) {
            mode = null;
            throw new RobotException(Kind.DRIVE_FAULT, "nothing was sent for longer than the "
                    + watchdog * ControlTable.WATCHDOG_SECONDS + " s of the drives' watchdog, which has stopped them");
        }
        for (int i = 0; i < servos.length; i++) {
            if (!servos[i].actuated) {
                scratch[i] = Double.NaN;
                continue;
            }
            if (Double.isNaN(command[i])) {
                throw new RobotException(Kind.REFUSED, "the command for " + servos[i].words() + " is no number");
            }
            switch (mode) {
                case POSITION -> {
                    raw[i] = servos[i].towards(command[i]);
                    scratch[i] = servos[i].position(raw[i]);
                }
                case VELOCITY -> {
                    raw[i] = servos[i].rawVelocity(command[i]);
                    scratch[i] = servos[i].velocity(raw[i]);
                }
                case EFFORT -> {
                    raw[i] = servos[i].rawCurrent(command[i]);
                    scratch[i] = servos[i].effort(raw[i]);
                }
            }
        }
        sendRaw();
        if (mode == CommandMode.POSITION) {
            for (int i = 0; i < servos.length; i++) {
                servos[i].goalTicks = raw[i];
            }
        }
        System.arraycopy(scratch, 0, applied, 0, servos.length);
    }

    private void sendRaw() {
        int size = mode == CommandMode.EFFORT ? 2 : 4;
        bus.begin(Instruction.BROADCAST_ID, Instruction.SYNC_WRITE).put16(switch (mode) {
            case POSITION -> ControlTable.GOAL_POSITION;
            case VELOCITY -> ControlTable.GOAL_VELOCITY;
            case EFFORT -> ControlTable.GOAL_CURRENT;
        }).put16(size);
        for (int i = 0; i < servos.length; i++) {
            if (servos[i].actuated) {
                bus.put(1, servos[i].id);
                bus.put(size, raw[i]);
            }
        }
        bus.send();
    }

    /// All servos are told first, together and without waiting for answers; then all are asked together whether they did, and
    /// those that did not are told again one by one. On a line that no longer answers that takes a few timeouts, however many
    /// servos there are; whoever stops tells again.
    ///
    /// In efforts and in damping a servo has to lose its torque for a moment before it holds, for it changes its operating mode only then.
    @Override
    public void stop(StopWay[] ways) {
        requireConnected();
        mode = null;
        bus.hurry(true);
        try {
            releaseAtOnce(ways);
            restAtOnce(ControlTable.MODE_CURRENT, ControlTable.GOAL_CURRENT, 2);
            restAtOnce(ControlTable.MODE_VELOCITY, ControlTable.GOAL_VELOCITY, 4);
            dampAtOnce(ways);
            recognise(ways);
            stopOneByOne(ways);
        } finally {
            bus.hurry(false);
        }
    }

    /// Takes the torque from those that are to fall, and from those that have to change their mode before they damp.
    private void releaseAtOnce(StopWay[] ways) {
        writeTogether(ControlTable.TORQUE_ENABLE, 1, 0, i -> servos[i].doing != Doing.NOTHING
                && (ways[i] == StopWay.TORQUE_OFF || startsToDamp(i, ways)));
    }

    private void restAtOnce(int operatingMode, int address, int size) {
        writeTogether(address, size, 0,
                i -> servos[i].doing == Doing.OBEYING && servos[i].operatingMode == operatingMode);
    }

    private boolean startsToDamp(int index, StopWay[] ways) {
        Doing doing = servos[index].doing;
        return ways[index] == StopWay.DAMP && doing != Doing.NOTHING && doing != Doing.DAMPING;
    }

    private void dampAtOnce(StopWay[] ways) {
        IntPredicate starts = i -> startsToDamp(i, ways);
        writeTogether(ControlTable.BUS_WATCHDOG, 1, 0, starts);
        writeTogether(ControlTable.OPERATING_MODE, 1, ControlTable.MODE_PWM, starts);
        writeTogether(ControlTable.GOAL_PWM, 2, 0, starts);
        writeTogether(ControlTable.TORQUE_ENABLE, 1, 1, starts);
        // Also those that damp already: their watchdog waits for it.
        writeTogether(ControlTable.GOAL_PWM, 2, 0, i -> starts.test(i) || servos[i].doing == Doing.DAMPING);
        writeTogether(ControlTable.BUS_WATCHDOG, 1, watchdog, starts);
        for (int i = 0; i < servos.length; i++) {
            if (starts.test(i)) {
                servos[i].doing = Doing.CHANGING;
                servos[i].operatingMode = ControlTable.MODE_PWM;
            }
        }
    }

    /// Writes the same number to all servos of a kind with one packet, which none of them answers.
    private void writeTogether(int address, int size, int value, IntPredicate which) {
        boolean any = false;
        bus.begin(Instruction.BROADCAST_ID, Instruction.SYNC_WRITE).put16(address).put16(size);
        for (int i = 0; i < servos.length; i++) {
            if (servos[i].actuated && which.test(i)) {
                bus.put(1, servos[i].id);
                bus.put(size, value);
                any = true;
            }
        }
        if (any) {
            bus.send();
        }
    }

    /// Asks all together what they do; whoever does as it was told is done.
    private void recognise(StopWay[] ways) {
        try {
            bus.readTogether(ids, ControlTable.OPERATING_MODE, 1, fast, state, errors);
            for (int i = 0; i < servos.length; i++) {
                raw[i] = state[i];
            }
            bus.readTogether(ids, ControlTable.TORQUE_ENABLE, 1, fast, state, errors);
        } catch (RobotException lost) {
            if (lost.kind() == Kind.DISCONNECTED) {
                throw lost;
            }
            return; // Those that changed are asked one by one.
        }
        for (int i = 0; i < servos.length; i++) {
            Servo servo = servos[i];
            boolean torque = state[i] == 1;
            if (servo.doing == Doing.NOTHING) {
                continue;
            }
            if (ways[i] == StopWay.TORQUE_OFF) {
                servo.doing = torque ? Doing.CHANGING : Doing.NOTHING;
            } else if (ways[i] == StopWay.DAMP) {
                servo.doing = torque && raw[i] == ControlTable.MODE_PWM ? Doing.DAMPING : Doing.CHANGING;
            }
        }
    }

    /// Tells those that are not known to have stopped, and gives up when it takes too long.
    private void stopOneByOne(StopWay[] ways) {
        long enough = System.nanoTime() + Math.round(PATIENT_STOPS * settings.timeout() / NANOS);
        RobotException failure = null;
        for (int i = 0; i < servos.length && (failure == null || System.nanoTime() - enough < 0); i++) {
            Servo servo = servos[i];
            boolean done = servo.doing == Doing.NOTHING || ways[i] == StopWay.DAMP && servo.doing == Doing.DAMPING
                    || ways[i] == StopWay.HOLD && servo.doing == Doing.HOLDING;
            if (!done) {
                try {
                    stop(servo, ways[i]);
                } catch (RobotException lost) {
                    failure = failure == null ? lost : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void stop(Servo servo, StopWay way) {
        switch (way) {
            case TORQUE_OFF -> {
                bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
                servo.doing = Doing.NOTHING;
            }
            case HOLD -> {
                if (servo.doing == Doing.CHANGING || servo.operatingMode == ControlTable.MODE_CURRENT
                        || servo.operatingMode == ControlTable.MODE_PWM) {
                    change(servo, ControlTable.MODE_EXTENDED_POSITION);
                }
                servo.doing = Doing.HOLDING;
            }
            case DAMP -> {
                // Without voltage the motor is shorted: it brakes, and needs nobody to tell it again.
                change(servo, ControlTable.MODE_PWM);
                servo.doing = Doing.DAMPING;
            }
        }
    }

    /// Takes the torque from servos, as far as they can be reached: from all together, then from each that has not said it did.
    ///
    /// @param held whether also from those that were told to hold
    private void release(boolean held) {
        bus.hurry(true);
        try {
            writeTogether(ControlTable.TORQUE_ENABLE, 1, 0, i -> held || servos[i].doing != Doing.HOLDING);
            for (Servo servo : actuated) {
                if (held || servo.doing != Doing.HOLDING) {
                    servo.doing = released(servo) ? Doing.NOTHING : Doing.CHANGING;
                }
            }
        } finally {
            bus.hurry(false);
        }
    }

    private boolean released(Servo servo) {
        try {
            bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
            return true;
        } catch (RobotException unreachable) {
            return false; // What stops it now is its watchdog.
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
        try {
            release(false);
            bus.hurry(true);
            for (Servo servo : actuated) {
                if (servo.doing == Doing.HOLDING) {
                    bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, 0);
                }
            }
        } catch (RobotException unreachable) {
            // Gone already.
        } finally {
            bus.close();
            bus = null;
        }
    }
}
