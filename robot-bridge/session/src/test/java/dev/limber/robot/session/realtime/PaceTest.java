package dev.limber.robot.session.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {

    @Test
    void parkingEndsWhereTheTimeIsOverAndWhereSomebodyUnparks() {
        Pace pace = Pace.ofMachine();
        for (long due = pace.nanoTime() + 1_000_000; pace.nanoTime() < due;) {
            pace.parkUntil(due);
        }
        pace.parkUntil(Long.MIN_VALUE / 2 + pace.nanoTime());
        LockSupport.unpark(Thread.currentThread());
        pace.parkUntil(pace.nanoTime() + 3_600_000_000_000L);
    }

    @Test
    void whetherThereIsARealTimePriorityIsSaidInOneLine() throws Exception {
        var asked = new FutureTask<>(() -> RealTimePriority.request(40));
        Thread.ofPlatform().daemon().start(asked);
        String line = asked.get().text();
        assertTrue(line.equals("SCHED_FIFO, priority 40") || line.startsWith("no real-time priority: "), line);
        assertEquals("no real-time priority: not asked for", RealTimePriority.request(0).text());
    }
}
