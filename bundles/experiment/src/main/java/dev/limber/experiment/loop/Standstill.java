package dev.limber.experiment.loop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/// How long training has stood still for a swap, and how much of that its thread worked: where other processes or threads
/// take the processors away, the two differ. Belongs to the experiment's thread.
final class Standstill {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long began;
    private long beganWork;
    private long nanos;
    private long workNanos;

    /// Forgets earlier swaps.
    void forget() {
        nanos = 0;
        workNanos = 0;
    }

    /// Training stands still from here on.
    void begin() {
        began = System.nanoTime();
        beganWork = THREADS.getCurrentThreadCpuTime();
    }

    /// Training goes on.
    void end() {
        nanos += System.nanoTime() - began;
        workNanos += THREADS.getCurrentThreadCpuTime() - beganWork;
    }

    /// Adds the figures to what the journal says [ms].
    void describe(Map<String, Object> details) {
        details.put("pauseMillis", nanos / 1e6);
        details.put("pauseWorkMillis", workNanos / 1e6);
    }
}
