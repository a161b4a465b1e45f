package dev.limber.robot.teleoperation;

/// A gamepad that is plugged in. All but [#close] is called from one thread.
interface Gamepad extends AutoCloseable {

    /// Waits for a moment and reads how it is.
    ///
    /// @return false where it is gone
    boolean poll(GamepadState target);

    /// Lets go of it. May come from another thread, and ends a [#poll] that waits. Further calls do nothing.
    @Override
    void close();
}
