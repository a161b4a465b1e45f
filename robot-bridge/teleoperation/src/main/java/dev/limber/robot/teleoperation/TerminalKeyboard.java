package dev.limber.robot.teleoperation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A person at a terminal. It tells which keys are pressed but not which are released: a key moves its joint for as long
/// as it takes a held key to repeat, and so every key is its own dead-man button.
final class TerminalKeyboard implements Operator {

    /// Longer than the pause between two repetitions of a held key [ns].
    static final long REPEAT_NANOS = 150_000_000;

    private final InputStream in;
    private final Runnable restore;
    private final LongSupplier clock;
    private final Consumer<String> emergencyStop;
    private final Thread thread;
    private final long[] pressedNanos = new long[KeyMap.joints()];
    private final int[] directions = new int[KeyMap.joints()];
    private volatile boolean closed;

    /// @param in gives each key when it is pressed
    /// @param restore puts the terminal back in order
    /// @param emergencyStop is told what happened, a few words
    TerminalKeyboard(InputStream in, Runnable restore, LongSupplier clock, Consumer<String> emergencyStop) {
        this.in = in;
        this.restore = restore;
        this.clock = clock;
        this.emergencyStop = emergencyStop;
        thread = Thread.ofPlatform().daemon().name("limber-keyboard").start(this::listen);
    }

    private void listen() {
        try {
            for (int key = in.read(); key >= 0 && !closed; key = in.read()) {
                press((char) key);
            }
        } catch (IOException gone) {
            // As at its end.
        }
        if (!closed) {
            emergencyStop.accept("the terminal is gone");
        }
    }

    private void press(char key) {
        char lower = Character.toLowerCase(key);
        int up = KeyMap.UP.indexOf(lower);
        int down = KeyMap.DOWN.indexOf(lower);
        if (key == KeyMap.STOP) {
            emergencyStop.accept("space bar");
        } else if (up >= 0 || down >= 0) {
            int joint = Math.max(up, down);
            synchronized (this) {
                directions[joint] = up >= 0 ? 1 : -1;
                pressedNanos[joint] = clock.getAsLong();
            }
        }
    }

    @Override
    public synchronized boolean read(double[] deflections) {
        Arrays.fill(deflections, 0);
        boolean any = false;
        long now = clock.getAsLong();
        for (int i = 0; i < Math.min(deflections.length, directions.length); i++) {
            if (directions[i] != 0 && now - pressedNanos[i] < REPEAT_NANOS) {
                deflections[i] = directions[i];
                any = true;
            }
        }
        return any;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            thread.interrupt();
            restore.run();
        }
    }
}
