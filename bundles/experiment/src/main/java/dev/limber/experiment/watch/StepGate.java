package dev.limber.experiment.watch;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.watch.Watchable;
import java.util.function.BooleanSupplier;

/// Stands before every step of an environment: holds it back for the pace, between single steps, and while a pause is
/// wanted in slow motion. Open, it costs the reading of one field.
public final class StepGate {

    /// Does not fall further behind the pace than this, so that nothing races after a long computation.
    private static final long LATEST = 100_000_000;
    /// Shorter waits are left to the next step.
    private static final long SHORTEST = 500_000;
    private static final double SLOW_RATE = 120;

    private final BooleanSupplier pauseWanted;
    private final BooleanSupplier boundaryWanted;
    private volatile Keeper keeper = new Keeper() {};
    private volatile boolean limited;
    private volatile double factor = Watchable.UNLIMITED;
    private volatile boolean slow;

    // Guarded by this.
    private boolean stepping;
    private int permits;
    private volatile long wakes; // read by any thread
    private long due;

    /// Hears what the gate does. On the stepping thread.
    public interface Keeper {

        /// It holds a step back.
        default void held() {}

        /// It lets it go.
        default void freed() {}

        /// It is about to wait while it holds a step back.
        default void waiting() {}
    }

    /// @param pauseWanted true where every step is to wait, if steps are limited at all
    /// @param boundaryWanted true where something is wanted for which the algorithm's iteration has to end
    public StepGate(BooleanSupplier pauseWanted, BooleanSupplier boundaryWanted) {
        this.pauseWanted = pauseWanted;
        this.boundaryWanted = boundaryWanted;
    }

    /// Sets who hears of it, before anything is stepped.
    public void keptBy(Keeper who) {
        keeper = who;
    }

    /// Sets how much simulated time passes in a second. Any thread.
    public synchronized void pace(double value) {
        if (!(value > 0)) {
            throw new UsageException("the pace is " + value + ", it must be above 0: 1 is real time");
        }
        factor = value;
        limited = true; // pass() finds out
        wake();
    }

    /// The pace.
    public double pace() {
        return factor;
    }

    /// Lets so many steps pass and holds the next. Any thread.
    public synchronized void advance(int steps) {
        permits += steps;
        stepping = true;
        limited = true;
        wake();
    }

    /// Holds every step while a pause is wanted, also where the pace is unlimited. Any thread.
    public synchronized void hold() {
        limited = true;
        wake();
    }

    /// Ends single steps. Any thread.
    public synchronized void proceed() {
        permits = 0;
        stepping = false;
        wake();
    }

    /// True between [#advance] and [#proceed].
    public synchronized boolean stepping() {
        return stepping;
    }

    /// Looks anew at what is wanted. Any thread.
    public synchronized void wake() {
        wakes++;
        notifyAll();
    }

    /// True where every step can be seen.
    boolean slow() {
        return limited && slow;
    }

    /// Waits until the next step may be taken. The stepping thread.
    void pass(double stepSeconds) {
        if (limited) {
            await(stepSeconds);
        }
    }

    private void await(double stepSeconds) {
        boolean held = false;
        try {
            while (!waited(stepSeconds)) {
                if (!held) {
                    held = true;
                    keeper.held();
                }
                long seen = wakes;
                keeper.waiting();
                awaitWake(seen);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt(); // whoever steps sees it
        }
        if (held) {
            keeper.freed();
        }
    }

    /// Waits for the pace.
    ///
    /// @return false where the step is held back for longer than that
    private synchronized boolean waited(double stepSeconds) throws InterruptedException {
        while (!mayPass(stepSeconds)) {
            if (stepping || pauseWanted.getAsBoolean()) {
                return false;
            }
            wait(Math.max(1, (due - System.nanoTime()) / 1_000_000));
        }
        return true;
    }

    private synchronized void awaitWake(long seen) throws InterruptedException {
        while (wakes == seen) {
            wait();
        }
    }

    private boolean mayPass(double stepSeconds) {
        slow = stepping || factor / stepSeconds <= SLOW_RATE;
        if (boundaryWanted.getAsBoolean()) {
            stepping = false;
            permits = 0;
            return true;
        }
        if (stepping) {
            return permits > 0 && permits-- > 0;
        }
        if (pauseWanted.getAsBoolean()) {
            return false;
        }
        if (factor == Watchable.UNLIMITED) {
            limited = false;
            return true;
        }
        long period = (long) (1e9 * stepSeconds / factor);
        long now = System.nanoTime();
        if (now - due > LATEST || due - now > 2 * period) {
            due = now;
        }
        if (due - now > SHORTEST) {
            return false;
        }
        due += period;
        return true;
    }
}
