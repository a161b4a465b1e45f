package dev.limber.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.plan.OptionSet.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanResolverTest {

    private final ServiceCatalog catalog = new ServiceCatalog(Fixtures.plugins());

    private Plan plan(String environment, String algorithm, String... settings) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new PlanResolver(catalog.plugins(), catalog.runnerOptions()).resolve(new ExperimentSpec(environment,
                algorithm, map, 1, OptionalLong.empty(), OptionalInt.empty(), Device.CPU, Optional.empty()));
    }

    private String refusal(String... settings) {
        return assertThrows(UsageException.class, () -> plan("walk", "nudge", settings)).getMessage();
    }

    @Test
    void userIsLaidOverTuningOverDefault() {
        Plan tuned = plan("walk", "nudge");
        assertEquals(new OptionSet.Value(0.02, Source.TUNING), tuned.algorithmOptions().values().get("lr"));
        assertEquals(new OptionSet.Value(8L, Source.DEFAULT), tuned.algorithmOptions().values().get("rollout"));
        assertEquals(4000, tuned.steps());
        assertEquals(4, tuned.copies());
        assertEquals("scale", tuned.normalizer().orElseThrow().info().name());
        Plan set = plan("walk", "nudge", "lr", "3e-4", "rollout", "1_000", "normalizer", "none");
        assertEquals(new OptionSet.Value(3e-4, Source.USER), set.algorithmOptions().values().get("lr"));
        assertEquals(1000L, set.algorithmOptions().values().get("rollout").value());
        assertEquals(Optional.empty(), set.normalizer());
    }

    @Test
    void pixelsOfAnEnvironmentWithoutSceneAreRefused() {
        String refusal = "walk has no option 'observation': it publishes no scene, so that there are no pixels to observe";
        assertEquals(refusal, refusal("observation", "pixels"));
        assertEquals(refusal, refusal("environment.observation", "pixels"));
    }

    @Test
    void tuningComesInTheOrderOfDeclaration() {
        var tuning = new PlanResolver(catalog.plugins(), catalog.runnerOptions()).tuning("nudge", "walk", Map.of());
        assertEquals(List.of("lr", "diverge"), List.copyOf(tuning.options().values().keySet()));
    }

    @Test
    void anOptionOfANormalizerIsKnownWithoutItsPrefix() {
        assertEquals("option 'clip' belongs to the normaliser 'scale': write normalizer.clip=..., with "
                + "normalizer=scale", refusal("clip", "5"));
    }

    @Test
    void whatUsersMayHaveMeantIsNamed() {
        assertEquals("unknown environment 'wallk'; did you mean walk? Environments: walk, walk-wide",
                assertThrows(UsageException.class, () -> plan("wallk", "nudge")).getMessage());
        assertEquals("unknown algorithm 'ppo'. Algorithms: nudge",
                assertThrows(UsageException.class, () -> plan("walk", "ppo")).getMessage());
        assertEquals("unknown option 'lrr' of nudge; did you mean lr? Options: lr, rollout, diverge, threads",
                refusal("algorithm.lrr", "1"));
        assertEquals("unknown option 'maxStep' of nudge, walk and the runner; did you mean maxSteps? Options: lr, "
                + "rollout, diverge, threads, maxSteps, snapshot, poison, choices, threshold, threads, normalizer, "
                + "checkpointSeconds, keepCheckpoints, logSteps, evaluateSteps, evaluateEpisodes, rewards, videoEvery, videoSize, videoCamera",
                refusal("maxStep", "1"));
        assertEquals("unknown reward term 'center' of walk; did you mean centre? Terms: alive, centre",
                refusal("reward.center", "1"));
    }

    @Test
    void ambiguousKeysMustBeQualified() {
        assertEquals("option 'threads' is ambiguous; write runner.threads or algorithm.threads",
                refusal("threads", "2"));
        assertEquals(2, plan("walk", "nudge", "runner.threads", "2").threads());
    }

    @Test
    void valuesAreCheckedAgainstTheirDeclaration() {
        assertEquals("option 'lr' of nudge takes a number from 0 to 1, not 'fast'", refusal("lr", "fast"));
        assertEquals("option 'lr' of nudge takes a number from 0 to 1, not '1.5'", refusal("lr", "1.5"));
        assertEquals("option 'lr' of nudge takes a number from 0 to 1, not 'NaN'", refusal("lr", "NaN"));
        assertEquals("option 'rollout' of nudge takes a whole number, not '1.5'", refusal("rollout", "1.5"));
        assertEquals("option 'snapshot' of walk takes one of NONE, CANONICAL, EXACT, not 'FULL'",
                refusal("snapshot", "FULL"));
        assertEquals("option 'normalizer.clip' needs a normaliser: set normalizer to one of scale",
                refusal("normalizer", "none", "normalizer.clip", "1"));
        assertEquals("weight of reward term 'centre' takes a number, not 'x'", refusal("reward.centre", "x"));
    }

    @Test
    void storedPlansComeBack() {
        Plan plan = plan("walk", "nudge", "lr", "3e-4", "reward.centre", "-2", "normalizer.clip", "5");
        Map<String, Object> json = StoredPlan.toJson(plan);
        Plan again = new PlanResolver(catalog.plugins(), catalog.runnerOptions())
                .restore(StoredPlan.fromJson(json, "run.json"));
        assertEquals(json, StoredPlan.toJson(again));
        assertEquals(plan.environment().spec(), again.environment().spec());
    }

    @Test
    void theRunnersOptionsAreDeclaredLikeAPlugins() {
        var threads = catalog.runnerOptions().getFirst();
        assertEquals("threads", threads.name());
        assertEquals("0", threads.defaultValue());
        assertEquals(Optional.of("0"), threads.minimum());
        assertEquals(Optional.of("1024"), threads.maximum());
        assertEquals("10.0", catalog.runnerOptions().get(2).defaultValue());
    }
}
