package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A gamepad as Linux's joystick device, which needs no display: events of 8 bytes; see the kernel's
/// Documentation/input/joydev/joystick-api.rst. Numbers of axes and buttons are those of the driver xpad.
final class JoystickFile implements Gamepad {

    private static final int EVENT_BYTES = 8;
    private static final int BUTTON = 1;
    private static final int AXIS = 2;
    /// Without the bit that marks how it was at the beginning.
    private static final int KIND = 0x7F;

    /// xpad: left x, left y, left trigger, right x, right y, right trigger, pad x, pad y.
    private static final int[] AXES = {0, 1, 4, 2, 3, 5};
    private static final int PAD_X = 6;
    private static final int PAD_Y = 7;
    private static final int UP = 11;
    private static final int DOWN = 13;
    private static final int BUTTONS = 11;

    private final FileChannel file;
    private final ByteBuffer event = ByteBuffer.allocate(EVENT_BYTES).order(ByteOrder.nativeOrder());
    private final GamepadState state = new GamepadState();

    private JoystickFile(FileChannel file) {
        this.file = file;
    }

    /// @throws UsageException where it cannot be opened
    static JoystickFile open(Path device) {
        try {
            return new JoystickFile(FileChannel.open(device, StandardOpenOption.READ));
        } catch (IOException failure) {
            throw new UsageException("the gamepad " + device + " cannot be opened: " + failure.getMessage()
                    + "; is it plugged in, and may you read it?");
        }
    }

    @Override
    public boolean poll(GamepadState target) {
        try {
            event.clear();
            while (event.hasRemaining()) {
                if (file.read(event) < 0) {
                    return false;
                }
            }
        } catch (IOException gone) { // unplugged or closed
            return false;
        }
        take(event.getShort(4), event.get(6) & KIND, event.get(7) & 0xFF);
        target.set(state);
        return true;
    }

    private void take(short value, int type, int number) {
        if (type == BUTTON && number < BUTTONS) {
            state.buttons[number] = value != 0;
        } else if (type == AXIS && number < AXES.length) {
            state.axes[AXES[number]] = Math.max(-1, value / 32767.0);
        } else if (type == AXIS && number == PAD_X) {
            state.buttons[GamepadState.LEFT] = value < 0;
            state.buttons[GamepadState.RIGHT] = value > 0;
        } else if (type == AXIS && number == PAD_Y) {
            state.buttons[UP] = value < 0;
            state.buttons[DOWN] = value > 0;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}
