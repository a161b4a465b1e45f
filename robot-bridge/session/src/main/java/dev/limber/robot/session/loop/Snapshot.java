package dev.limber.robot.session.loop;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limit;
import java.lang.invoke.VarHandle;

/// The newest cycle and the counts, written by the loop and read by anybody: a sequence lock, of which the writer never waits.
final class Snapshot {

    private final int joints;
    private final Cycle cycle;
    private final long[] clips = new long[Limit.values().length];
    private volatile long version;

    Snapshot(int joints) {
        this.joints = joints;
        cycle = Cycle.ofJoints(joints);
    }

    /// Writes, from the loop alone.
    void write(Cycle newest, long[] totals) {
        version = version + 1; // Odd while it is written; only the loop writes it.
        VarHandle.fullFence();
        cycle.set(newest);
        System.arraycopy(totals, 0, clips, 0, clips.length);
        VarHandle.releaseFence();
        version = version + 1;
    }

    /// A copy of the cycle.
    ///
    /// @param totals receives how many commands each limit has changed
    Cycle read(long[] totals) {
        var copy = Cycle.ofJoints(joints);
        while (true) {
            long before = version;
            if ((before & 1) == 0) {
                VarHandle.acquireFence();
                copy.set(cycle);
                System.arraycopy(clips, 0, totals, 0, totals.length);
                VarHandle.fullFence();
                if (version == before) {
                    return copy;
                }
            }
            Thread.yield();
        }
    }
}
