package dev.limber.robot.can;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import java.util.Optional;

/// CANSimple of ODrive, firmware 0.6 and later; see <https://docs.odriverobotics.com/v/latest/manual/can-protocol.html>.
/// Its watchdog is set up with ODrive's own tool: by CAN it is another number in every firmware.
final class OdriveProtocol implements DriveProtocol {

    static final int LAST_NODE = 62;
    private static final int NODE_SHIFT = 5;
    private static final int COMMAND_MASK = 0x1F;

    private static final int HEARTBEAT = 0x01;
    private static final int SET_STATE = 0x07;
    private static final int ENCODER_ESTIMATES = 0x09;
    private static final int CONTROLLER_MODE = 0x0B;
    private static final int INPUT_POSITION = 0x0C;
    private static final int INPUT_VELOCITY = 0x0D;
    private static final int INPUT_TORQUE = 0x0E;
    private static final int TEMPERATURE = 0x15;
    private static final int BUS_VOLTAGE = 0x17;
    private static final int CLEAR_ERRORS = 0x18;
    private static final int TORQUES = 0x1C;

    private static final int IDLE = 1;
    private static final int CLOSED_LOOP = 8;
    private static final int PASS_THROUGH = 1;

    private static final String[] ERRORS = {"initializing", "system level", "timing error", "missing estimate",
        "bad config", "drv fault", "missing input", "", "dc bus over voltage", "dc bus under voltage",
        "dc bus over current", "dc bus over regen current", "current limit violation", "motor over temp",
        "inverter over temp", "velocity limit violation", "position limit violation", "", "", "", "", "", "", "",
        "watchdog timer expired", "estop requested", "spinout detected", "brake resistor disarmed",
        "thermistor disconnected", "", "calibration error", ""};

    private final DriveWatchdog watchdog;

    /// @param watchdog as it was set up in the drives [s]; 0 for none
    OdriveProtocol(double watchdog) {
        this.watchdog = watchdog > 0 ? new DriveWatchdog.Fixed(watchdog) : new DriveWatchdog.None();
    }

    @Override
    public String make() {
        return "odrive";
    }

    @Override
    public boolean fd() {
        return false;
    }

    @Override
    public DriveWatchdog watchdog() {
        return watchdog;
    }

    @Override
    public int node(CanFrame frame) {
        return frame.extended || frame.remote ? -1 : frame.id >> NODE_SHIFT;
    }

    @Override
    public void hear(CanFrame frame, Axis axis, long now) {
        if (frame.length < 8) {
            return;
        }
        switch (frame.id & COMMAND_MASK) {
            case HEARTBEAT -> {
                axis.errors = frame.u32At(0);
                axis.state = frame.u8At(4);
            }
            case ENCODER_ESTIMATES -> {
                if (Float.isFinite(frame.f32At(0)) && Float.isFinite(frame.f32At(4))) {
                    axis.position = axis.radians(frame.f32At(0));
                    axis.velocity = axis.radians(frame.f32At(4));
                    axis.heardNanos = now;
                }
            }
            case TORQUES -> axis.effort = frame.f32At(4) * axis.gear;
            case TEMPERATURE -> axis.temperature = frame.f32At(4);
            case BUS_VOLTAGE -> {
                axis.voltage = frame.f32At(0);
                axis.healthNanos = now;
            }
            default -> {
                // Not asked for.
            }
        }
    }

    private static CanFrame begin(Axis axis, int command, CanFrame out) {
        return out.begin(axis.node << NODE_SHIFT | command, false);
    }

    private static void ask(Axis axis, int command, CanFrame out) {
        begin(axis, command, out);
        out.remote = true;
        out.length = 8;
    }

    @Override
    public void askMotion(Axis axis, CanFrame out) {
        ask(axis, ENCODER_ESTIMATES, out);
    }

    @Override
    public boolean askHealth(Axis axis, int part, CanFrame out) {
        switch (part) {
            case 0 -> ask(axis, TEMPERATURE, out);
            case 1 -> ask(axis, BUS_VOLTAGE, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean enable(Axis axis, CommandMode mode, double ignored, int part, CanFrame out) {
        switch (part) {
            case 0 -> begin(axis, CLEAR_ERRORS, out).u8(0);
            case 1 -> controller(axis, mode, out);
            case 2 -> stay(axis, mode, out);
            case 3 -> {
                // The heartbeat tells when it has happened.
                axis.state = IDLE;
                begin(axis, SET_STATE, out).u32(CLOSED_LOOP);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void stay(Axis axis, CommandMode mode, CanFrame out) {
        command(axis, mode, mode == CommandMode.POSITION ? axis.turns(axis.position, axis.position, axis.position) : 0,
                0, out);
    }

    /// Its heartbeat tells by itself.
    @Override
    public boolean enabling(Axis axis, CommandMode mode, double ignored, int part, CanFrame out) {
        stay(axis, mode, out);
        return part == 0;
    }

    @Override
    public Optional<String> refusal(Axis axis, double ignored) {
        return axis.state == CLOSED_LOOP
                ? Optional.empty()
                : Optional.of("its state is " + axis.state + (axis.errors == 0 ? "" : ", " + words(axis.errors)));
    }

    private static void controller(Axis axis, CommandMode mode, CanFrame out) {
        begin(axis, CONTROLLER_MODE, out).u32(switch (mode) {
            case EFFORT -> 1;
            case VELOCITY -> 2;
            case POSITION -> 3;
        }).u32(PASS_THROUGH);
    }

    @Override
    public void command(Axis axis, CommandMode mode, float value, double ignored, CanFrame out) {
        switch (mode) {
            case POSITION -> begin(axis, INPUT_POSITION, out).f32(value).i16(0).i16(0);
            case VELOCITY -> begin(axis, INPUT_VELOCITY, out).f32(value).f32(0);
            case EFFORT -> begin(axis, INPUT_TORQUE, out).f32(value);
        }
    }

    @Override
    public boolean stop(Axis axis, StopWay way, int part, CanFrame out) {
        CommandMode mode = way == StopWay.HOLD ? CommandMode.POSITION : CommandMode.VELOCITY;
        if (way == StopWay.TORQUE_OFF) {
            begin(axis, SET_STATE, out).u32(IDLE);
            return part == 0;
        }
        // The input first: in its new mode it must not follow an old one.
        switch (part) {
            case 0 -> stay(axis, mode, out);
            case 1 -> controller(axis, mode, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public String errors(Axis axis, boolean enabled) {
        if (axis.errors != 0) {
            return words(axis.errors);
        }
        return enabled && axis.state != CLOSED_LOOP && axis.state != 0 ? "it has left closed-loop control" : "";
    }

    private static String words(int errors) {
        var words = new StringBuilder();
        for (int bit = 0; bit < ERRORS.length; bit++) {
            if ((errors >> bit & 1) != 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(ERRORS[bit].isEmpty() ? "error bit " + bit : ERRORS[bit]);
            }
        }
        return words.toString();
    }
}
