package dev.limber.launcher.commandline;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A catalogue of one environment, `CartPole-v1`, and one algorithm, `a2c`.
record TwoPlugins() implements Catalog {

    private static final PluginInfo CART_POLE = new PluginInfo(PluginKind.ENVIRONMENTS, "CartPole-v1",
            "Balance a pole on a cart", "dev.limber.test", "1.2.3",
            List.of(new OptionInfo("force", Type.NUMBER, "10.0", Optional.of("0"), Optional.empty(), List.of(),
                    "push of an action [N]")));
    private static final PluginInfo A2C = new PluginInfo(PluginKind.ALGORITHMS, "a2c", "Advantage actor-critic",
            "dev.limber.test", "1.2.3", List.of(new OptionInfo("gamma", Type.NUMBER, "0.99", Optional.of("0"),
                    Optional.of("1"), List.of(), "discount factor per step")));

    @Override
    public List<PluginInfo> plugins(PluginKind kind) {
        return switch (kind) {
            case ENVIRONMENTS -> List.of(CART_POLE);
            case ALGORITHMS -> List.of(A2C);
            default -> List.of();
        };
    }

    @Override
    public PluginInfo plugin(PluginKind kind, String name) {
        return plugins(kind).stream().filter(plugin -> plugin.name().equals(name)).findFirst()
                .orElseThrow(() -> new UsageException("no " + kind + " is called '" + name + "'"));
    }

    @Override
    public List<OptionInfo> runnerOptions() {
        return List.of(new OptionInfo("threads", Type.INTEGER, "1", Optional.of("1"), Optional.empty(), List.of(),
                "worker threads"));
    }

    @Override
    public Tuning tuning(String algorithm, String environment, Map<String, String> settings) {
        plugin(PluginKind.ALGORITHMS, algorithm);
        plugin(PluginKind.ENVIRONMENTS, environment);
        return Tuning.of(100_000, 8, "none", Options.of(Map.of("gamma", 0.98)));
    }

    @Override
    public EnvironmentSpec environment(String name, Map<String, String> settings) {
        plugin(PluginKind.ENVIRONMENTS, name);
        return EnvironmentSpec
                .of(name, Box.symmetric(new float[] {4.8f, Float.POSITIVE_INFINITY}, "cart position [m]",
                        "cart velocity [m/s]"), Discrete.of("push left", "push right"))
                .maxEpisodeSteps(500).rewardThreshold(475).state("cart position [m]", "cart velocity [m/s]").build();
    }
}
