package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import java.util.concurrent.locks.LockSupport;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.glfw.GLFWGamepadState;

/// The first gamepad that GLFW knows the buttons of.
final class GlfwGamepad implements Gamepad {

    private static final long PERIOD_NANOS = 4_000_000;

    private final int number;
    private final GLFWGamepadState state = GLFWGamepadState.malloc();
    private boolean closed;

    private GlfwGamepad(int number) {
        this.number = number;
    }

    /// @param platform one of GLFW's platforms
    /// @throws UsageException where there is none
    static GlfwGamepad open(int platform) {
        GlfwLibrary.acquire(platform);
        synchronized (GlfwLibrary.class) {
            String other = "";
            for (int number = GLFW.GLFW_JOYSTICK_1; number <= GLFW.GLFW_JOYSTICK_LAST; number++) {
                if (GLFW.glfwJoystickIsGamepad(number)) {
                    return new GlfwGamepad(number);
                }
                if (GLFW.glfwJoystickPresent(number)) {
                    other = "; the buttons of '" + GLFW.glfwGetJoystickName(number) + "' are not known to GLFW";
                }
            }
            GlfwLibrary.release();
            throw new UsageException("no gamepad is plugged in" + other);
        }
    }

    @Override
    public boolean poll(GamepadState target) {
        LockSupport.parkNanos(PERIOD_NANOS);
        synchronized (GlfwLibrary.class) {
            if (closed) {
                return false;
            }
            GLFW.glfwPollEvents();
            if (!GLFW.glfwGetGamepadState(number, state)) {
                return false;
            }
            for (int i = 0; i < GamepadState.AXES; i++) {
                target.axes[i] = state.axes(i);
            }
            for (int i = 0; i < GamepadState.BUTTONS; i++) {
                target.buttons[i] = state.buttons(i) == GLFW.GLFW_PRESS;
            }
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (GlfwLibrary.class) {
            if (!closed) {
                closed = true;
                state.free();
                GlfwLibrary.release();
            }
        }
    }
}
