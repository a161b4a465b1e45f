package dev.limber.robot.teleoperation;

/// Sticks and buttons, in GLFW's order of a gamepad.
final class GamepadState {

    static final int AXES = 6;
    static final int BUTTONS = 15;
    static final int RIGHT = 12;
    static final int LEFT = 14;

    /// Left x and y, right x and y, left and right trigger; -1 to 1, right and down are positive.
    final double[] axes = new double[AXES];
    final boolean[] buttons = new boolean[BUTTONS];

    void set(GamepadState other) {
        System.arraycopy(other.axes, 0, axes, 0, AXES);
        System.arraycopy(other.buttons, 0, buttons, 0, BUTTONS);
    }

    /// Nothing is pushed.
    void release() {
        java.util.Arrays.fill(axes, 0);
        java.util.Arrays.fill(buttons, false);
    }
}
