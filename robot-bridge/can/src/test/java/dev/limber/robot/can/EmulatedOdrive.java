package dev.limber.robot.can;

import java.util.Arrays;

/// Drives of ODrive with nodes 0 and 5, which are at once where they are told to be.
final class EmulatedOdrive extends EmulatedBus {

    private static final int[] NODES = {0, 5};

    /// Turns.
    final float[] positions = {0.25f, -0.1f};
    final float[] velocities = new float[2];
    final float[] torques = new float[2];
    final int[] states = {1, 1};
    final int[] modes = new int[2];
    final int[] errors = new int[2];
    private final CanFrame answer = new CanFrame();

    @Override
    boolean energised() {
        return Arrays.stream(states).anyMatch(state -> state == 8);
    }

    /// Says how it is. A real one does so ten times a second, this one whenever it is asked where it stands.
    private void heartbeat(int drive) {
        answer.begin(NODES[drive] << 5 | 0x01, false).u32(errors[drive]).u8(states[drive]).u8(0).u8(0).u8(0);
        say(answer);
    }

    @Override
    void take(CanFrame frame) {
        int drive = frame.id >> 5 == NODES[0] ? 0 : frame.id >> 5 == NODES[1] ? 1 : -1;
        if (frame.fd || frame.extended || drive < 0) {
            return;
        }
        int command = frame.id & 0x1F;
        answer.begin(frame.id, false);
        switch (command) {
            case 0x09 -> {
                requireRemote(frame);
                heartbeat(drive);
                say(answer.begin(frame.id, false).f32(positions[drive]).f32(velocities[drive]));
            }
            case 0x15 -> {
                requireRemote(frame);
                say(answer.f32(40).f32(35));
            }
            case 0x17 -> {
                requireRemote(frame);
                say(answer.f32(23.5f).f32(1));
            }
            case 0x07 -> {
                states[drive] = errors[drive] != 0 && frame.u32At(0) == 8 ? 1 : frame.u32At(0);
                velocities[drive] = 0;
                heartbeat(drive);
            }
            case 0x0B -> modes[drive] = frame.u32At(0);
            case 0x0C -> positions[drive] = states[drive] == 8 && modes[drive] == 3 ? frame.f32At(0) : positions[drive];
            case 0x0D ->
                    velocities[drive] = states[drive] == 8 && modes[drive] == 2 ? frame.f32At(0) : velocities[drive];
            case 0x0E -> torques[drive] = states[drive] == 8 && modes[drive] == 1 ? frame.f32At(0) : torques[drive];
            case 0x18 -> errors[drive] = 0;
            default -> throw new AssertionError("command " + command + " is not in the emulator");
        }
    }

    private static void requireRemote(CanFrame frame) {
        if (!frame.remote) {
            throw new AssertionError("data are asked for by a remote frame");
        }
    }
}
