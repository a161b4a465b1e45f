package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.robot.session.fixture.InlineMind;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Cycles themselves: how they are counted, and what they cost.
class CyclesTest {

    @Test
    void cyclesThatAreOverAreLeftOutAndCounted() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(1).build());
        stepped.step(5);
        stepped.clock.pass(0.009);
        stepped.step(1);
        // It begins 7 ms late, which is three whole periods: those are left out.
        assertEquals(3, stepped.loop.status("").missedDeadlines());
        stepped.step(10);
        assertEquals(3, stepped.loop.status("").missedDeadlines());
        assertEquals(16, stepped.loop.status("").cycles());
        assertEquals(0.007, stepped.loop.status("").wakeUp().max(), 1e-5);
    }

    @Test
    void aCycleAllocatesNothing() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.robot.log(false);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) { // The first ones load classes and compile.
            long before = threads.getCurrentThreadAllocatedBytes();
            stepped.step(20_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }
}
