package dev.limber.launcher.gui;

import java.awt.EventQueue;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Work on the event dispatch thread.
public final class Edt {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Edt() {}

    /// Does it there and waits for it.
    public static <T> T on(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        EventQueue.invokeLater(task);
        return task.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    }

    /// Waits until there is something, which is looked for there.
    public static <T> T await(String what, Callable<Optional<T>> search) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            Optional<T> found = on(search);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("there never was " + what);
    }
}
