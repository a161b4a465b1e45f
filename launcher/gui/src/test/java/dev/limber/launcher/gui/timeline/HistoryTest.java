package dev.limber.launcher.gui.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.physics.classiccontrol.CartPole;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final long SECOND = 1_000_000_000;

    private final Subject subject = new Subject(new CartPole().spec(Options.defaults()), Optional.empty(),
            Optional.empty(), 1,
            new int[] {0}, false);

    private void add(History history, long step, long nanos) {
        var sample = new Sample(subject);
        sample.at(step, nanos);
        sample.states()[0] = step / 10.0;
        history.add(sample);
    }

    @Test
    void itKeepsNoMoreThanItsMemoryAndForgetsTheOldest() {
        var history = new History(10 * subject.sampleBytes(), 1e6);
        for (int i = 0; i < 1000; i++) {
            add(history, i, i);
        }
        assertEquals(990, history.first());
        assertEquals(1000, history.next());
        assertEquals(99.5, history.copy(995, Optional.empty()).orElseThrow().states()[0]);
        assertEquals(990, history.copy(3, Optional.empty()).orElseThrow().step());
    }

    @Test
    void itGoesBackNoFurtherThanItsTimeAndFindsMoments() {
        var history = new History(Long.MAX_VALUE, 10);
        for (int i = 0; i <= 600; i++) { // more than it first has room for
            add(history, i, i * SECOND / 10);
        }
        assertEquals(500, history.first());
        assertEquals(550, history.find(55 * SECOND + 1));
        assertEquals(500, history.find(0));
        assertEquals(600, history.find(Long.MAX_VALUE));
        long[] visited = {0, 0};
        history.each(0, Long.MAX_VALUE, (moment, sample) -> {
            assertEquals(moment, sample.step());
            visited[0]++;
        });
        assertEquals(101, visited[0]);
        assertTrue(history.copy(Long.MAX_VALUE, Optional.empty()).filter(sample -> sample.step() == 600).isPresent());
    }
}
