package dev.limber.robot.session.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void sleepingEndsNoEarlierThanTheTimeAndAtOnceWhereItIsOver() {
        Pace pace = Pace.ofMachine();
        long due = pace.nanoTime();
        for (int i = 0; i < 50; i++) {
            due += 1_000_000;
            pace.sleepUntil(due);
            assertTrue(pace.nanoTime() >= due, "woke early");
        }
        pace.sleepUntil(Long.MIN_VALUE / 2 + pace.nanoTime());
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
