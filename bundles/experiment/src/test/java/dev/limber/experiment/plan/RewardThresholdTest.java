package dev.limber.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.catalog.InstalledPlugins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The environment's threshold is one of its own reward.
class RewardThresholdTest {

    private static final RewardFactory ONE = (environment, options) -> (transitions, values) -> Arrays.fill(values, 1);

    private final InstalledPlugins plugins = Fixtures.plugins();
    private final PlanResolver resolver = new PlanResolver(plugins, new ServiceCatalog(plugins).runnerOptions());

    private PlannedEnvironment planned(String... settings) {
        return resolver.resolve(Fixtures.spec(Path.of("never-written"), 1000, settings)).environment();
    }

    private static OptionalDouble threshold(PlannedEnvironment environment) {
        return environment.spec().rewardThreshold();
    }

    private void install(String reward) {
        plugins.add(new InstalledPlugins.Installed<>(new PluginInfo(PluginKind.REWARDS, reward, "a reward", "a.reward",
                "1.0.0", List.<OptionInfo> of()), ONE, 0, 1, 1));
    }

    @Test
    void itsOwnWeightsKeepIt() {
        assertEquals(OptionalDouble.of(1000), threshold(planned()));
        assertEquals(OptionalDouble.of(12), threshold(planned("threshold", "12", "reward.centre", "-0.5")));
        assertEquals(OptionalDouble.of(1000), threshold(planned().weigh("centre", -0.5)));
    }

    @Test
    void otherWeightsHaveNone() {
        assertEquals(OptionalDouble.empty(), threshold(planned("reward.centre", "-0.6")));
        assertEquals(OptionalDouble.empty(), threshold(planned().weigh("centre", -0.6)));
        assertEquals(OptionalDouble.empty(), resolver.environment("walk", Map.of("reward.alive", "2")).spec()
                .rewardThreshold());
    }

    @Test
    void otherRewardsHaveNone() {
        install("bonus");
        install("centre");
        assertEquals(OptionalDouble.empty(), threshold(planned("rewards", "bonus")));
        assertEquals(OptionalDouble.empty(), threshold(planned("rewards", "centre")));
    }
}
