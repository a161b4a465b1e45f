package dev.limber.robot.teleoperation;

import java.util.function.Consumer;

/// A person with a gamepad: sticks move joints, four at a time, and the directional pad chooses which. The gamepad is read
/// on a thread of its own, so that its stop button works whatever the control loop does.
final class GamepadOperator implements Operator {

    /// Left x, left y, right x, right y; up is positive.
    private static final int STICKS = 4;
    private static final double[] SIGNS = {1, -1, 1, -1};

    private final Gamepad gamepad;
    private final double deadZone;
    private final int deadMan;
    private final int stop;
    private final Consumer<String> emergencyStop;
    private final Thread thread;

    // Guarded by this.
    private final GamepadState state = new GamepadState();
    private int group;
    private volatile boolean closed;

    /// @param deadZone deflection of a stick that is none yet, 0 to below 1
    /// @param deadMan number of the button that must be held
    /// @param stop number of the button that stops at once
    /// @param emergencyStop is told what happened, a few words
    GamepadOperator(Gamepad gamepad, double deadZone, int deadMan, int stop, Consumer<String> emergencyStop) {
        this.gamepad = gamepad;
        this.deadZone = deadZone;
        this.deadMan = deadMan;
        this.stop = stop;
        this.emergencyStop = emergencyStop;
        thread = Thread.ofPlatform().daemon().name("limber-gamepad").start(this::watch);
    }

    private void watch() {
        String why = "the gamepad is gone";
        try {
            follow();
        } catch (RuntimeException | LinkageError failed) {
            why = "the gamepad failed: " + failed.getMessage();
        }
        synchronized (this) {
            state.release();
        }
        if (!closed) {
            // With it the person has lost the stop button too.
            emergencyStop.accept(why);
        }
    }

    private void follow() {
        var fresh = new GamepadState();
        boolean stopped = false;
        boolean turning = false;
        while (!closed && gamepad.poll(fresh)) {
            boolean pressed = fresh.buttons[stop];
            if (pressed && !stopped) {
                emergencyStop.accept("gamepad button");
            }
            stopped = pressed;
            int turn = (fresh.buttons[GamepadState.RIGHT] ? 1 : 0) - (fresh.buttons[GamepadState.LEFT] ? 1 : 0);
            synchronized (this) {
                group = Math.max(0, group + (turning ? 0 : turn));
                state.set(fresh);
            }
            turning = turn != 0;
        }
    }

    @Override
    public synchronized boolean read(double[] deflections) {
        int groups = (deflections.length + STICKS - 1) / STICKS;
        group = Math.min(group, groups - 1);
        for (int i = 0; i < deflections.length; i++) {
            int stick = i - group * STICKS;
            deflections[i] = stick < 0 || stick >= STICKS ? 0 : SIGNS[stick] * beyondDeadZone(state.axes[stick]);
        }
        return state.buttons[deadMan];
    }

    /// Begins at 0 where the dead zone ends, so that nothing jerks there.
    private double beyondDeadZone(double deflection) {
        double beyond = Math.abs(deflection) - deadZone;
        return beyond > 0 ? Math.copySign(Math.min(1, beyond / (1 - deadZone)), deflection) : 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            gamepad.close();
            thread.interrupt();
        }
    }
}
