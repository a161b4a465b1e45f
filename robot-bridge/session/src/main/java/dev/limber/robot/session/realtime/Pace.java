package dev.limber.robot.session.realtime;

import java.util.concurrent.locks.LockSupport;

/// The time, and waiting for it. Neither method allocates.
public interface Pace {

    /// Now, of [System#nanoTime] [ns].
    long nanoTime();

    /// Waits until a time or until somebody unparks the thread, or for no reason at all. Called from the loop's thread alone.
    void parkUntil(long nanoTime);

    /// The clock of this machine. On Linux the Java virtual machine parks until an absolute time of `CLOCK_MONOTONIC`, as `clock_nanosleep` would.
    static Pace ofMachine() {
        return new Pace() {

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void parkUntil(long nanoTime) {
                Thread.interrupted(); // A driver may have left that behind, and it would end every waiting at once.
                LockSupport.parkNanos(nanoTime - System.nanoTime());
            }
        };
    }
}
