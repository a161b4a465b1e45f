package dev.limber.robot.can;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import java.util.Optional;

/// The register protocol of moteus: frames of CAN FD with subframes that write and read registers; see
/// <https://github.com/mjbots/moteus/blob/main/docs/reference.md>. This computer is device 0.
final class MoteusProtocol implements DriveProtocol {

    static final int LAST_NODE = 127;
    private static final double SHORTEST_WATCHDOG = 0.01;
    private static final double LONGEST_WATCHDOG = 10;

    /// Bit of the source that asks for an answer.
    private static final int ANSWER = 0x80;

    // Subframes; the two lowest bits are the count of registers, or 0 where a byte of its own says it.
    private static final int WRITE_INT8 = 0x00;
    private static final int WRITE_FLOAT = 0x0C;
    private static final int READ_INT8 = 0x10;
    private static final int READ_FLOAT = 0x1C;
    private static final int REPLY = 0x20;
    private static final int REPLY_END = 0x30;
    private static final int NOP = 0x50;

    // Registers.
    private static final int MODE = 0x000;
    private static final int POSITION = 0x001;
    private static final int VELOCITY = 0x002;
    private static final int TORQUE = 0x003;
    private static final int VOLTAGE = 0x00D;
    private static final int TEMPERATURE = 0x00E;
    private static final int FAULT = 0x00F;
    private static final int COMMAND = 0x020;
    private static final int WATCHDOG = 0x027;
    private static final int INTEGRAL_SCALE = 0x02B;

    // Modes.
    private static final int STOPPED = 0;
    private static final int FAULTED = 1;
    private static final int POSITION_MODE = 10;
    private static final int TIMED_OUT = 11;
    private static final int BRAKE = 15;

    /// No watchdog is that long.
    private static final float UNANSWERED = -1;

    private static final int[] FD_LENGTHS = {8, 12, 16, 20, 24, 32, 48, 64};

    private final float maxTorque;
    private final float maxVelocity;

    /// @param maxTorque of a motor [N m]
    /// @param maxVelocity of a motor [turns/s]
    MoteusProtocol(double maxTorque, double maxVelocity) {
        this.maxTorque = (float) maxTorque;
        this.maxVelocity = (float) maxVelocity;
    }

    @Override
    public String make() {
        return "moteus";
    }

    @Override
    public boolean fd() {
        return true;
    }

    @Override
    public DriveWatchdog watchdog() {
        return new DriveWatchdog.Settable(SHORTEST_WATCHDOG, LONGEST_WATCHDOG);
    }

    @Override
    public int node(CanFrame frame) {
        return (frame.id & 0xFF) == 0 && frame.id >> 8 <= LAST_NODE ? frame.id >> 8 : -1;
    }

    @Override
    public void hear(CanFrame frame, Axis axis, long now) {
        int at = 0;
        while (at < frame.length) {
            int kind = frame.u8At(at++);
            if (kind == NOP) {
                continue;
            }
            if (kind < REPLY || kind >= REPLY_END) {
                return; // what it did not take is missed by who waits for it
            }
            int size = switch (kind >> 2 & 3) {
                case 0 -> 1;
                case 1 -> 2;
                default -> 4;
            };
            int count = kind & 3;
            if (count == 0 && at < frame.length) {
                count = frame.u8At(at++);
            }
            if (at >= frame.length || at + 1 + count * size > frame.length) {
                return;
            }
            int register = frame.u8At(at++);
            for (int i = 0; i < count; i++, at += size) {
                take(axis, register + i, kind >> 2 & 3, frame, at, now);
            }
        }
    }

    private static void take(Axis axis, int register, int type, CanFrame frame, int at, long now) {
        if (type == 0) {
            int value = frame.data[at];
            switch (register) {
                case MODE -> axis.state = value;
                case FAULT -> axis.errors = value;
                default -> {
                    // Not asked for.
                }
            }
        } else if (type == 3) {
            float value = frame.f32At(at);
            switch (register) {
                case POSITION -> axis.position = axis.radians(value);
                case VELOCITY -> axis.velocity = axis.radians(value);
                case TORQUE -> {
                    axis.effort = value * axis.gear;
                    // A drive without a position says NaN.
                    if (Double.isFinite(axis.position) && Double.isFinite(axis.velocity)) {
                        axis.heardNanos = now;
                    }
                }
                case VOLTAGE -> axis.voltage = value;
                case TEMPERATURE -> {
                    axis.temperature = value;
                    axis.healthNanos = now;
                }
                case WATCHDOG -> axis.answer = value;
                default -> {
                    // Not asked for.
                }
            }
        }
    }

    private static CanFrame begin(Axis axis, boolean answer, CanFrame out) {
        return out.begin((answer ? ANSWER << 8 : 0) | axis.node, true);
    }

    private static void end(CanFrame out) {
        for (int length : FD_LENGTHS) {
            if (out.length <= length) {
                while (out.length < length) {
                    out.u8(NOP);
                }
                return;
            }
        }
    }

    @Override
    public void askMotion(Axis axis, CanFrame out) {
        begin(axis, true, out).u8(READ_INT8 | 1).u8(MODE).u8(READ_INT8 | 1).u8(FAULT).u8(READ_FLOAT | 3).u8(POSITION);
        end(out);
    }

    @Override
    public boolean askHealth(Axis axis, int part, CanFrame out) {
        if (part > 0) {
            return false;
        }
        begin(axis, true, out).u8(READ_INT8 | 1).u8(FAULT).u8(READ_FLOAT | 2).u8(VOLTAGE);
        end(out);
        return true;
    }

    @Override
    public boolean enable(Axis axis, CommandMode mode, double watchdog, int part, CanFrame out) {
        if (part == 0) {
            axis.state = STOPPED;
            axis.answer = UNANSWERED;
            mode(axis, STOPPED, out); // which also takes a fault back
            return true;
        }
        return enabling(axis, mode, watchdog, part - 1, out);
    }

    /// From being stopped it takes some milliseconds in modes of its own (enabling, calibrating) until it obeys.
    @Override
    public boolean enabling(Axis axis, CommandMode mode, double watchdog, int part, CanFrame out) {
        switch (part) {
            // A position that is no number is the one where it stands.
            case 0 -> command(axis, mode, mode == CommandMode.POSITION ? Float.NaN : 0, watchdog, out);
            case 1 -> {
                begin(axis, true, out).u8(READ_FLOAT | 1).u8(WATCHDOG).u8(READ_INT8 | 1).u8(MODE);
                end(out);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> refusal(Axis axis, double watchdog) {
        if (axis.state != POSITION_MODE) {
            return Optional.of("its mode is " + axis.state + " and its fault " + axis.errors);
        }
        float wanted = timeout(watchdog);
        return Float.compare(axis.answer, wanted) == 0 || Math.abs(axis.answer - wanted) < 1e-3 * wanted
                ? Optional.empty()
                : Optional.of("its watchdog is " + axis.answer + " s instead of " + wanted);
    }

    /// 0 would be the drive's own default; what is no number is none.
    private static float timeout(double watchdog) {
        return watchdog == 0 ? Float.NaN : (float) watchdog;
    }

    private static void mode(Axis axis, int mode, CanFrame out) {
        begin(axis, false, out).u8(WRITE_INT8 | 1).u8(MODE).u8(mode);
        end(out);
    }

    @Override
    public void command(Axis axis, CommandMode mode, float value, double watchdog, CanFrame out) {
        begin(axis, false, out).u8(WRITE_INT8 | 1).u8(MODE).u8(POSITION_MODE).u8(WRITE_FLOAT).u8(9).u8(COMMAND);
        out.f32(mode == CommandMode.POSITION ? value : Float.NaN);
        out.f32(mode == CommandMode.VELOCITY ? value : 0);
        out.f32(mode == CommandMode.EFFORT ? value : 0);
        out.f32(mode == CommandMode.POSITION ? 1 : 0); // part of the proportional gain
        out.f32(mode == CommandMode.EFFORT ? 0 : 1); // part of the derivative gain
        out.f32(maxTorque).f32(Float.NaN).f32(timeout(watchdog)).f32(maxVelocity);
        out.u8(WRITE_FLOAT | 1).u8(INTEGRAL_SCALE).f32(mode == CommandMode.POSITION ? 1 : 0);
        end(out);
    }

    @Override
    public boolean stop(Axis axis, StopWay way, int part, CanFrame out) {
        if (part > 0) {
            return false;
        }
        switch (way) {
            case HOLD -> command(axis, CommandMode.POSITION, Float.NaN, 0, out);
            case DAMP -> mode(axis, BRAKE, out);
            case TORQUE_OFF -> mode(axis, STOPPED, out);
        }
        return true;
    }

    @Override
    public String errors(Axis axis, boolean enabled) {
        if (axis.errors != 0 || axis.state == FAULTED) {
            return "fault " + axis.errors + ", see moteus's table of fault codes";
        }
        return enabled && axis.state == TIMED_OUT ? "its watchdog has stopped it" : "";
    }
}
