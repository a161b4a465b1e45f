package dev.limber.robot.session.loop;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limit;
import dev.limber.robot.session.limiter.Clips;
import java.util.EnumMap;
import java.util.Map;

/// What is told of cycles: the newest one, how many there were, how late and how long they were. Written by the loop, which neither waits nor
/// allocates for it; read by anybody.
final class CycleAccount {

    final Latencies wakeUp = new Latencies();
    final Latencies cycleTime = new Latencies();
    final Latencies stopTime = new Latencies();
    private final CycleRing recorded;
    private final Snapshot snapshot;
    private final long[] clips = new long[Limit.values().length];
    private volatile long cycles;
    private volatile long missedDeadlines;

    /// @param recorded takes each cycle
    CycleAccount(CycleRing recorded, Cycle first) {
        this.recorded = recorded;
        snapshot = new Snapshot(first.joints());
        snapshot.write(first, clips);
    }

    /// A cycle is over.
    ///
    /// @param cycle receives its number, its phase and whether its deadline was missed
    /// @param phase ordinal of the phase
    /// @param behind how many deadlines were over when it was
    void end(Cycle cycle, int phase, long behind, Clips limited) {
        cycles = cycles + 1; // Only the loop writes them.
        missedDeadlines = missedDeadlines + behind;
        cycle.number()[0] = cycles;
        cycle.number()[1] = phase;
        cycle.number()[2] = behind > 0 ? 1 : 0;
        limited.totals(clips);
        snapshot.write(cycle, clips);
        recorded.offer(cycle);
    }

    long cycles() {
        return cycles;
    }

    long missedDeadlines() {
        return missedDeadlines;
    }

    long unrecorded() {
        return recorded.lost();
    }

    /// A copy of the newest cycle.
    ///
    /// @param totals receives how many commands each limit has changed, in the order of [Limit]
    Cycle newest(long[] totals) {
        return snapshot.read(totals);
    }

    /// Names what [#newest] has counted.
    static Map<Limit, Long> named(long[] totals) {
        Map<Limit, Long> counts = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            counts.put(limit, totals[limit.ordinal()]);
        }
        return counts;
    }
}
