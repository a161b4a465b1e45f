package dev.limber.robot.can;

import java.util.Arrays;

/// Drives of moteus with nodes 1 and 2, which are at once where they are told to be.
final class EmulatedMoteus extends EmulatedBus {

    static final int DRIVES = 2;
    private static final int NOP = 0x50;

    /// Turns.
    final float[] positions = {0.25f, -0.1f};
    final float[] velocities = new float[DRIVES];
    final int[] modes = new int[DRIVES];
    final int[] faults = new int[DRIVES];
    /// Registers 0x20 to 0x28: position, velocity, torque, kp, kd, greatest torque, stop position, watchdog, greatest velocity.
    final float[][] commands = new float[DRIVES][9];
    /// How many questions a drive still answers with a mode of its own before it obeys; a real one calibrates first.
    int calibrating;
    private final float[] silence = new float[DRIVES];
    private final CanFrame answer = new CanFrame();

    EmulatedMoteus() {
        for (float[] command : commands) {
            Arrays.fill(command, Float.NaN);
        }
    }

    @Override
    boolean energised() {
        return Arrays.stream(modes).anyMatch(mode -> mode >= 10);
    }

    void advance(double seconds) {
        for (int i = 0; i < DRIVES; i++) {
            silence[i] += (float) seconds;
            if (modes[i] == 10 && silence[i] > commands[i][7]) {
                modes[i] = 11;
            }
        }
    }

    @Override
    void take(CanFrame frame) {
        int drive = (frame.id & 0x7F) - 1;
        if (!frame.fd || drive < 0 || drive >= DRIVES) {
            return;
        }
        answer.begin(drive + 1 << 8, true);
        boolean commanded = false;
        int at = 0;
        while (at < frame.length) {
            int kind = frame.u8At(at++);
            if (kind == NOP) {
                continue;
            }
            int type = kind >> 2 & 3;
            int size = type == 0 ? 1 : type == 1 ? 2 : 4;
            int count = (kind & 3) == 0 ? frame.u8At(at++) : kind & 3;
            int register = frame.u8At(at++);
            if (kind < 0x10) {
                for (int i = 0; i < count; i++, at += size) {
                    write(drive, register + i, type == 0 ? frame.data[at] : frame.f32At(at));
                }
                commanded = true;
            } else {
                answer.u8(0x20 | type << 2).u8(count).u8(register);
                for (int i = 0; i < count; i++) {
                    float value = read(drive, register + i);
                    if (type == 0) {
                        answer.u8((int) value);
                    } else {
                        answer.f32(value);
                    }
                }
            }
        }
        if (commanded) {
            obey(drive);
        }
        if ((frame.id & 0x8000) != 0) {
            say(answer);
        }
    }

    private void write(int drive, int register, float value) {
        if (register == 0) {
            faults[drive] = value == 0 ? 0 : faults[drive];
            // A faulty drive is stopped before it obeys again.
            modes[drive] = faults[drive] == 0 ? (int) value : 1;
        } else if (register >= 0x20 && register < 0x29) {
            commands[drive][register - 0x20] = value;
        }
    }

    private void obey(int drive) {
        silence[drive] = 0;
        float position = commands[drive][0];
        if (modes[drive] == 10 && !Float.isNaN(position)) {
            positions[drive] = position;
        }
        velocities[drive] = modes[drive] == 10 && Float.isNaN(position) ? commands[drive][1] : 0;
    }

    private float read(int drive, int register) {
        return switch (register) {
            case 0x00 -> modes[drive] == 10 && calibrating > 0 && calibrating-- > 0 ? 3 : modes[drive];
            case 0x01 -> positions[drive];
            case 0x02 -> velocities[drive];
            case 0x03 -> 0.125f;
            case 0x0D -> 24.5f;
            case 0x0E -> 31;
            case 0x0F -> faults[drive];
            case 0x27 -> commands[drive][7];
            default -> throw new AssertionError("register " + register + " is not in the emulator");
        };
    }
}
