package dev.limber.experiment.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.plugin.Options;
import dev.limber.experiment.fixture.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeStatisticsTest {

    /// Recomputes everything from the raw steps of one copy.
    @Test
    void countsAgreeWithTheRawSteps() {
        var metrics = new MetricBook();
        Options options = Options.of(Map.of("threshold", 6.0));
        try (Environment walk = new Walk().create(1, options)) {
            var statistics = new EpisodeStatistics(walk.spec(), 1, metrics);
            walk.reset(new long[] {3});
            var returns = new ArrayList<Double>();
            double sum = 0;
            double centre = 0;
            long threshold = -1;
            for (int step = 1; step <= 4000; step++) {
                walk.step(new float[] {step % 2});
                statistics.step(walk);
                sum += walk.rewards()[0];
                centre += -0.5f * walk.rewardTerms()[1];
                if (walk.terminated()[0] || walk.truncated()[0]) {
                    returns.add(sum);
                    sum = 0;
                    if (threshold < 0 && returns.size() >= 100 && mean(returns) >= 6) {
                        threshold = step;
                    }
                }
            }
            assertEquals(4000, statistics.steps());
            assertEquals(returns.size(), statistics.episodes());
            assertEquals(mean(returns), statistics.meanReturn(), 1e-9);
            assertEquals(threshold, statistics.stepsToThreshold());
            MetricsRow row = metrics.row(4000, 1);
            assertEquals(1, row.values().get("reward/alive"));
            assertEquals(centre / 4000, row.values().get("reward/centre"), 1e-9);
            assertEquals(returns.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                    row.values().get("episode/return"), 1e-9);
            assertEquals(Map.of(), metrics.row(5000, 2).values());
        }
    }

    private static double mean(List<Double> returns) {
        return returns.subList(Math.max(0, returns.size() - 100), returns.size()).stream()
                .mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
