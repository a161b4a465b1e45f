package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.session.Cycle;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CycleRingTest {

    @Test
    void whatThereIsNoRoomForIsCountedAndTheRestComesInOrder() {
        var ring = new CycleRing(8, 1);
        Cycle cycle = Cycle.ofJoints(1);
        for (int i = 0; i < 11; i++) {
            cycle.number()[0] = i;
            ring.offer(cycle);
        }
        var numbers = new ArrayList<Long>();
        assertEquals(8, ring.drain(each -> numbers.add(each.number()[0])));
        assertEquals(java.util.List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), numbers);
        assertEquals(3, ring.lost());
        assertEquals(0, ring.drain(each -> {}));
    }

    @Test
    void cyclesCrossThreadsWhole() throws InterruptedException {
        var ring = new CycleRing(64, 4);
        int count = 200_000;
        Thread writer = Thread.ofPlatform().start(() -> {
            Cycle cycle = Cycle.ofJoints(4);
            for (int i = 1; i <= count; i++) {
                cycle.number()[0] = i;
                java.util.Arrays.fill(cycle.limited(), i);
                ring.offer(cycle);
            }
        });
        var seen = new long[2];
        boolean more = true;
        while (more) {
            more = writer.isAlive();
            ring.drain(cycle -> {
                assertTrue(cycle.number()[0] > seen[0], "out of order");
                seen[0] = cycle.number()[0];
                seen[1]++;
                for (double each : cycle.limited()) {
                    assertEquals(cycle.number()[0], each);
                }
            });
            Thread.yield();
        }
        writer.join();
        assertEquals(count, seen[1] + ring.lost());
    }
}
