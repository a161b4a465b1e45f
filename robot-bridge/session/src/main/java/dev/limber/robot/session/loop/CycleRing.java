package dev.limber.robot.session.loop;

import dev.limber.api.session.Cycle;
import java.util.function.Consumer;

/// Cycles on their way from the loop to a thread that may write files: one thread offers, one takes, nobody waits.
public final class CycleRing {

    private final Cycle[] slots;
    private volatile long offered;
    private volatile long taken;
    private volatile long lost;

    /// Room for some cycles.
    ///
    /// @param capacity at least 1
    public CycleRing(int capacity, int joints) {
        slots = new Cycle[Integer.highestOneBit(Math.max(1, capacity - 1)) * 2];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = Cycle.ofJoints(joints);
        }
    }

    /// Copies a cycle into the ring, or counts it as lost where there is no room.
    public void offer(Cycle cycle) {
        long next = offered;
        if (next - taken == slots.length) {
            lost = lost + 1; // Only this thread writes it.
            return;
        }
        slots[(int) next & slots.length - 1].set(cycle);
        offered = next + 1;
    }

    /// Hands out what is there now, in order. The cycles may be read during the call alone.
    ///
    /// @return how many
    public int drain(Consumer<Cycle> reader) {
        long end = offered;
        int count = 0;
        for (long next = taken; next < end; next++) {
            try {
                reader.accept(slots[(int) next & slots.length - 1]);
            } finally {
                taken = next + 1;
            }
            count++;
        }
        return count;
    }

    /// How many there was no room for.
    public long lost() {
        return lost;
    }
}
