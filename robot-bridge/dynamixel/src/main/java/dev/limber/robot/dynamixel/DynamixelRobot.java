package dev.limber.robot.dynamixel;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Dynamixel servos on one line. All joints are measured by one packet and commanded by one.
final class DynamixelRobot implements Robot {

    private static final int STATUS_BYTES = 11;
    private static final int TOGETHER_BYTES = 14;
    private static final int GOAL_BYTES = 5;
    private static final double NANOS = 1e-9;

    private final String device;
    private final DynamixelSettings settings;
    private final Servo[] servos;
    private final Servo[] actuated;
    private final int[] raw;
    private final double[] scratch;

    private Optional<Connection> connection = Optional.empty();
    private RobotSpec spec;
    private CommandMode mode;

    /// What there is while the line is open.
    private record Connection(BusMaster bus, Introduction introduction, StateReading reading, Energising energising,
            Stopping stopping) {}

    /// @param servos in the order of the joints
    DynamixelRobot(String device, DynamixelSettings settings, Servo[] servos) {
        this.device = device;
        this.settings = settings;
        this.servos = servos;
        actuated = Arrays.stream(servos).filter(servo -> servo.actuated).toArray(Servo[]::new);
        raw = new int[servos.length];
        scratch = new double[servos.length];
        spec = spec(Arrays.stream(servos).map(servo -> new Joint(servo.joint, Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY,
                servo.actuated)).toList(), EnumSet.allOf(CommandMode.class), cycleSeconds(0));
    }

    private RobotSpec spec(List<Joint> joints, Set<CommandMode> modes, double cycleSeconds) {
        return new RobotSpec(settings.name(), joints, modes, cycleSeconds, new DriveWatchdog.Settable(
                ControlTable.WATCHDOG_SECONDS, ControlTable.WATCHDOG_LONGEST * ControlTable.WATCHDOG_SECONDS));
    }

    /// What one reading and one command take on the line, with the delays of the servos [s].
    private double cycleSeconds(double delays) {
        int answer = STATUS_BYTES + StateReading.STATE_BYTES + StateReading.MORE_BYTES;
        int bytes = TOGETHER_BYTES + servos.length * (1 + answer) + TOGETHER_BYTES + actuated.length * GOAL_BYTES;
        return bytes * 10.0 / settings.baud() + delays;
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        if (connection.isPresent()) {
            return;
        }
        var bus = new BusMaster(new SerialLine(device, settings.baud()), settings.baud(), settings.timeout());
        try {
            connection = Optional.of(connect(bus));
        } catch (RuntimeException | Error failure) {
            bus.close();
            throw failure;
        }
    }

    private Connection connect(BusMaster bus) {
        var introduction = new Introduction(bus, device + " at " + settings.baud() + " baud", settings.positioning());
        boolean fast = settings.fast();
        double delays = 0;
        List<Joint> joints = new ArrayList<>();
        for (Servo servo : servos) {
            delays += introduction.meet(servo);
            fast &= servo.firmware >= servo.model().fastFirmware();
            joints.add(new Joint(servo.joint, servo.low(), servo.high(), servo.maxVelocity(),
                    Double.POSITIVE_INFINITY, servo.maxEffort(), servo.actuated));
        }
        Set<CommandMode> modes = EnumSet.of(CommandMode.POSITION, CommandMode.VELOCITY);
        if (Arrays.stream(actuated).allMatch(servo -> servo.model().hasCurrent())) {
            modes.add(CommandMode.EFFORT);
        }
        spec = spec(joints, modes, cycleSeconds(delays));
        var reading = new StateReading(bus, servos, fast);
        var energising = new Energising(bus, actuated);
        return new Connection(bus, introduction, reading, energising,
                new Stopping(bus, servos, reading, energising, settings.timeout()));
    }

    private Connection connected() {
        if (connection.isEmpty()) {
            throw new RobotException(Kind.DISCONNECTED, "robot '" + spec.name() + "' is not connected");
        }
        return connection.get();
    }

    @Override
    public void read(JointStates target) {
        connected().reading.read(target);
    }

    @Override
    public void readHealth(DriveHealth target) {
        Connection line = connected();
        line.reading.readHealth(target, line.energising.watchdog());
    }

    @Override
    public void setWatchdog(double seconds) {
        connected().energising.setWatchdog(seconds);
    }

    @Override
    public void enable(CommandMode wanted) {
        enable(wanted, () -> false);
    }

    @Override
    public void enable(CommandMode wanted, BooleanSupplier unwanted) {
        Connection line = connected();
        if (!spec.modes().contains(wanted)) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' takes no commands of " + wanted + ": "
                    + Arrays.stream(actuated).filter(servo -> !servo.model().hasCurrent()).map(
                            servo -> servo.words() + " is an " + servo.model().name() + ", which measures no current")
                            .toList());
        }
        mode = null;
        line.stopping.rehearse();
        try {
            for (int i = 0; i < actuated.length && !unwanted.getAsBoolean(); i++) {
                Servo servo = actuated[i];
                line.energising.energise(servo, switch (wanted) {
                    case POSITION -> line.introduction.positionMode(servo);
                    case VELOCITY -> ControlTable.MODE_VELOCITY;
                    case EFFORT -> ControlTable.MODE_CURRENT;
                });
            }
        } catch (RobotException failure) {
            line.stopping.release(true);
            throw failure;
        }
        if (unwanted.getAsBoolean()) {
            throw new RobotException(Kind.REFUSED, "a stop came while the servos were given torque");
        }
        mode = wanted;
    }

    @Override
    public void send(double[] command, double[] applied) {
        Connection line = connected();
        if (mode == null) {
            throw new RobotException(Kind.REFUSED, "robot '" + spec.name() + "' is not enabled, nothing can be sent");
        }
        double watchdog = line.energising.watchdog() * ControlTable.WATCHDOG_SECONDS;
        if (watchdog > 0 && (System.nanoTime() - line.bus.lastSent()) * NANOS > watchdog) {
            mode = null;
            throw new RobotException(Kind.DRIVE_FAULT, "nothing was sent for longer than the " + watchdog
                    + " s of the drives' watchdog, which has stopped them");
        }
        for (int i = 0; i < servos.length; i++) {
            scratch[i] = servos[i].actuated ? applied(i, command[i]) : Double.NaN;
        }
        send(line.bus);
        if (mode == CommandMode.POSITION) {
            for (int i = 0; i < servos.length; i++) {
                servos[i].goalTicks = raw[i];
            }
        }
        System.arraycopy(scratch, 0, applied, 0, servos.length);
    }

    /// Makes a command raw, and says what that is.
    private double applied(int i, double command) {
        Servo servo = servos[i];
        if (Double.isNaN(command)) {
            throw new RobotException(Kind.REFUSED, "the command for " + servo.words() + " is no number");
        }
        return switch (mode) {
            case POSITION -> {
                raw[i] = servo.towards(command);
                yield servo.position(raw[i]);
            }
            case VELOCITY -> {
                raw[i] = servo.rawVelocity(command);
                yield servo.velocity(raw[i]);
            }
            case EFFORT -> {
                raw[i] = servo.rawCurrent(command);
                yield servo.effort(raw[i]);
            }
        };
    }

    private void send(BusMaster bus) {
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

    @Override
    public void stop(StopWay[] ways) {
        Connection line = connected();
        mode = null;
        line.stopping.stop(ways);
    }

    @Override
    public void close() {
        if (connection.isEmpty()) {
            return;
        }
        Connection line = connection.get();
        connection = Optional.empty();
        mode = null;
        try {
            line.stopping.release(false);
            line.stopping.leaveHolding();
        } catch (RobotException unreachable) {
            // Gone already.
        } finally {
            line.bus.close();
        }
    }
}
