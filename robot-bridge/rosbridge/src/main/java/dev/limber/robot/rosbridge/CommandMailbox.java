package dev.limber.robot.rosbridge;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import java.util.function.Consumer;

/// Hands commands from the control loop to a thread that may wait for the network. A command that is overtaken by the next
/// one is left out.
final class CommandMailbox {

    private final Consumer<double[]> writer;
    private final Thread thread;

    // Guarded by this.
    private final double[] next;
    private boolean full;
    private boolean closed;
    private String failure = "";

    /// @param writer sends one command, and returns when it is on its way
    CommandMailbox(int joints, Consumer<double[]> writer) {
        this.writer = writer;
        next = new double[joints];
        thread = Thread.ofVirtual().name("limber-rosbridge").start(this::work);
    }

    /// @throws RobotException where the one before could not be sent
    synchronized void put(double[] command) {
        if (!failure.isEmpty()) {
            throw new RobotException(Kind.DISCONNECTED, failure);
        }
        System.arraycopy(command, 0, next, 0, next.length);
        full = true;
        notifyAll();
    }

    private void work() {
        double[] command = new double[next.length];
        while (take(command)) {
            try {
                writer.accept(command);
            } catch (RuntimeException broken) {
                synchronized (this) {
                    failure = "a command could not be sent: " + broken.getMessage();
                }
                return;
            }
        }
    }

    private synchronized boolean take(double[] command) {
        try {
            while (!full && !closed) {
                wait();
            }
        } catch (InterruptedException stop) {
            return false;
        }
        System.arraycopy(next, 0, command, 0, command.length);
        boolean any = full;
        full = false;
        return any;
    }

    /// Sends what is still there, and waits for that for a while.
    void close(long millis) {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
