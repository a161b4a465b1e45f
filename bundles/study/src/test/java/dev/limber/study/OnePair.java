package dev.limber.study;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Discrete;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A catalogue of one environment, `Climb-v0`, solved from 80, and one algorithm, `walker`, with the options `lr` and
/// `gamma` up to 1.
public record OnePair() implements Catalog {

    private static final List<String> OPTIONS = List.of("lr", "gamma", "threads");

    @Override
    public List<PluginInfo> plugins(PluginKind kind) {
        return switch (kind) {
            case ENVIRONMENTS -> List.of(new PluginInfo(kind, "Climb-v0", "a hill", "test", "1", List.of()));
            case ALGORITHMS -> List.of(new PluginInfo(kind, "walker", "walks up", "test", "1",
                    List.of(number("lr"), number("gamma"))));
            default -> List.of();
        };
    }

    private static OptionInfo number(String name) {
        return new OptionInfo(name, Type.NUMBER, "0.01", Optional.empty(), Optional.empty(), List.of(), name);
    }

    @Override
    public PluginInfo plugin(PluginKind kind, String name) {
        return plugins(kind).stream().filter(plugin -> plugin.name().equals(name)).findFirst()
                .orElseThrow(() -> new UsageException("there is no '" + name + "'"));
    }

    @Override
    public List<OptionInfo> runnerOptions() {
        return List.of(number("threads"));
    }

    @Override
    public Tuning tuning(String algorithm, String environment, Map<String, String> settings) {
        plugin(PluginKind.ALGORITHMS, algorithm);
        plugin(PluginKind.ENVIRONMENTS, environment);
        settings.forEach((key, value) -> {
            String name = key.substring(key.indexOf('.') + 1);
            if (!OPTIONS.contains(name)) {
                throw new UsageException("unknown option '" + name + "'");
            }
            if (name.equals("gamma") && !(Double.parseDouble(value) <= 1)) {
                throw new UsageException("option 'gamma' takes a number up to 1, not '" + value + "'");
            }
        });
        return Tuning.of(10_000, 4, "none", Options.defaults());
    }

    @Override
    public EnvironmentSpec environment(String name, Map<String, String> settings) {
        plugin(PluginKind.ENVIRONMENTS, name);
        return EnvironmentSpec.of(name, Discrete.of("here", "there"), Discrete.of("up", "down")).rewardThreshold(80)
                .build();
    }
}
