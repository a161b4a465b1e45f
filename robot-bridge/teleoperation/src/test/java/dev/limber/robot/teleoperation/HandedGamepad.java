package dev.limber.robot.teleoperation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A gamepad whose next states a test hands over, one after the other.
final class HandedGamepad implements Gamepad {

    private final SynchronousQueue<Consumer<GamepadState>> next = new SynchronousQueue<>();
    private volatile boolean gone;

    /// True once it was closed.
    volatile boolean closed;

    void show(Consumer<GamepadState> change) throws InterruptedException {
        // The second one is taken only when the first has been looked at.
        assertTrue(next.offer(change, 10, TimeUnit.SECONDS));
        assertTrue(next.offer(same -> {}, 10, TimeUnit.SECONDS));
    }

    void unplug() throws InterruptedException {
        assertTrue(next.offer(last -> gone = true, 10, TimeUnit.SECONDS));
    }

    @Override
    public boolean poll(GamepadState target) {
        try {
            next.take().accept(target);
            return !gone;
        } catch (InterruptedException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
