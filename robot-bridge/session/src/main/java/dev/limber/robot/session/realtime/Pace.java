package dev.limber.robot.session.realtime;

/// The time, and waiting for it. Every method is called from the loop's thread alone, and none allocates.
public interface Pace {

    /// Now, of [System#nanoTime] [ns].
    long nanoTime();

    /// Waits until a time, and never longer than the operating system makes it. Returns at once where it is over.
    void sleepUntil(long nanoTime);

    /// Waits until a time or until somebody unparks the thread, or for no reason at all.
    void parkUntil(long nanoTime);

    /// The clock of this machine.
    static Pace ofMachine() {
        return MonotonicPace.create();
    }
}
