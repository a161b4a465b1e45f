package dev.limber.robot.can;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// A bus in memory with drives on it that answer at once. Time passes when it is told to.
abstract class EmulatedBus implements CanBus {

    private static final int CAPACITY = 64;
    /// No answer of any drive has this id.
    private static final int NOBODY = 0x7FF;

    private final CanFrame[] queue = new CanFrame[CAPACITY];
    private int first;
    private int count;
    private boolean unplugged;
    private boolean babbling;
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private Predicate<CanFrame> lost = frame -> false;

    EmulatedBus() {
        for (int i = 0; i < CAPACITY; i++) {
            queue[i] = new CanFrame();
        }
    }

    /// Does what a frame says.
    abstract void take(CanFrame frame);

    /// Whether any drive has torque.
    abstract boolean energised();

    void unplug() {
        unplugged = true;
    }

    /// Answers that do not arrive from now on.
    void lose(Predicate<CanFrame> which) {
        lost = which;
    }

    /// Does something once the driver speaks next, on its thread.
    void next(Runnable event) {
        events.add(event);
    }

    /// Somebody else talks without end from now on.
    void babble() {
        babbling = true;
    }

    /// Puts a frame on the bus for the driver to hear.
    void say(CanFrame frame) {
        if (!lost.test(frame) && count < CAPACITY) {
            queue[(first + count++) % CAPACITY].set(frame);
        }
    }

    @Override
    public void send(CanFrame frame) {
        requirePlugged();
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        take(frame);
    }

    @Override
    public boolean receive(CanFrame target, long deadline) {
        requirePlugged();
        if (count == 0) {
            target.begin(NOBODY, false);
            return babbling;
        }
        target.set(queue[first]);
        first = (first + 1) % CAPACITY;
        count--;
        return true;
    }

    private void requirePlugged() {
        if (unplugged) {
            throw new RobotException(Kind.DISCONNECTED, "the emulated bus is unplugged");
        }
    }

    @Override
    public void close() {
        count = 0;
    }
}
