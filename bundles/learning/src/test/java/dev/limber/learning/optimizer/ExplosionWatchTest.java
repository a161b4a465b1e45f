package dev.limber.learning.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplosionWatchTest {

    private final List<String> notes = new ArrayList<>();
    private final List<Double> measured = new ArrayList<>();
    private final Metric metric = measured::add;
    private final ExplosionWatch watch = new ExplosionWatch(0.99, notes::add);

    private String told() {
        assertEquals(1, notes.size(), notes::toString);
        return notes.removeFirst();
    }

    @Test
    void valueFarBeyondWhatRewardsExplainIsToldOnceWithItsMetric() {
        Metric value = watch.value("critic/value", metric);
        watch.rewards(new float[] {1, -16.3f});
        value.add(-1630); // the worst that can be
        value.add(9000);
        assertEquals(List.of(), notes);
        value.add(-20_000);
        value.add(1e9);
        String told = told();
        assertTrue(told.contains("look at the metric critic/value") && told.contains("-2.0e+04"), told);
        assertEquals(List.of(-1630.0, 9000.0, -20_000.0, 1e9), measured);
    }

    @Test
    void everyKindHasItsOwnScale() {
        watch.reward(2);
        Metric error = watch.squaredError("critic/loss", metric);
        Metric slope = watch.slope("critic/gradient", metric);
        Metric size = watch.size("critic/weights", metric, 5);
        error.add(3.9e6);
        slope.add(1.9e5);
        size.add(4900);
        assertEquals(List.of(), notes);
        error.add(4.1e6);
        assertTrue(told().startsWith("critic/loss"));
        slope.add(2.1e5);
        assertTrue(told().startsWith("critic/gradient"));
        size.add(5100);
        assertTrue(told().startsWith("critic/weights"));
    }

    @Test
    void firstRewardEverIsNoExplosion() {
        Metric value = watch.value("critic/value", metric);
        Metric error = watch.squaredError("critic/loss", metric);
        value.add(-0.5);
        error.add(1e-4);
        watch.reward(100);
        error.add(100.0 * 100);
        value.add(95);
        assertEquals(List.of(), notes);
    }

    @Test
    void restoredWatchKnowsTheRewardsAndSizesOfBefore() {
        watch.reward(100);
        watch.size("critic/weights", metric, 5);
        var other = new ExplosionWatch(0.99, notes::add);
        Metric size = other.size("critic/weights", metric, 0);
        other.restore(watch.save());
        other.value("critic/value", metric).add(90_000);
        size.add(4900);
        assertEquals(List.of(), notes);
        size.add(5100);
        assertTrue(told().startsWith("critic/weights"));
    }
}
