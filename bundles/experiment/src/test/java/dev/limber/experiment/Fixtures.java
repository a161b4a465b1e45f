package dev.limber.experiment;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.catalog.InstalledPlugins.Installed;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.fixture.Scale;
import dev.limber.experiment.fixture.Walk;
import dev.limber.experiment.record.CsvRecorderFactory;
import dev.limber.experiment.record.TensorBoardRecorderFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The plug-ins that tests run with, and specs of runs.
public final class Fixtures {

    private Fixtures() {}

    /// What is installed: a bundle each, whose numbers are below 0.
    public static InstalledPlugins plugins() {
        var plugins = new InstalledPlugins();
        add(plugins, PluginKind.ENVIRONMENTS, "walk", new Walk(),
                option("maxSteps", Type.INTEGER, "20", "1", "1000"),
                new OptionInfo("snapshot", Type.TEXT, "EXACT", Optional.empty(), Optional.empty(),
                        List.of("NONE", "CANONICAL", "EXACT"), ""),
                option("poison", Type.INTEGER, "0", "0", "1000000"), option("choices", Type.INTEGER, "2", "2", "3"),
                option("threshold", Type.NUMBER, "1000", "-1000", "1000"));
        add(plugins, PluginKind.ENVIRONMENTS, "walk-wide", new Walk(), option("choices", Type.INTEGER, "2", "2", "3"));
        add(plugins, PluginKind.ALGORITHMS, "nudge", new Nudge(), option("lr", Type.NUMBER, "0.01", "0", "1"),
                option("rollout", Type.INTEGER, "8", "1", "10000"),
                option("diverge", Type.INTEGER, "0", "0", "1000000"),
                option("threads", Type.INTEGER, "1", "1", "8"));
        add(plugins, PluginKind.NORMALIZERS, "scale", new Scale(), option("clip", Type.NUMBER, "10", "0", "100"));
        add(plugins, PluginKind.RECORDERS, "csv", new CsvRecorderFactory());
        add(plugins, PluginKind.RECORDERS, "tensorboard", new TensorBoardRecorderFactory());
        return plugins;
    }

    private static void add(InstalledPlugins plugins, PluginKind kind, String name, Object factory,
            OptionInfo... options) {
        plugins.add(new Installed<>(new PluginInfo(kind, name, "a fixture", "dev.limber.fixture." + name, "1.0.0",
                List.of(options)), factory, 0, -1 - plugins.of(kind).size() - 100L * kind.ordinal(),
                System.identityHashCode(factory)));
    }

    /// Adds another version of one of these plug-ins, as a bundle of that number that came later.
    public static void deploy(InstalledPlugins plugins, long bundle, PluginKind kind, String name, Object factory) {
        PluginInfo before = plugins().find(kind, Object.class, name).info();
        plugins.add(new Installed<>(new PluginInfo(kind, name, "another version", "dev.limber.fixture." + name,
                "1.0." + bundle, before.options()), factory, 0, bundle, 1_000_000_000_000L + bundle));
    }

    /// Adds a reward that is not there yet.
    static void deployReward(InstalledPlugins plugins, long bundle, String name, RewardFactory factory) {
        plugins.add(new Installed<>(new PluginInfo(PluginKind.REWARDS, name, "a reward", "dev.limber.fixture." + name,
                "1.0." + bundle, List.of()), factory, 0, bundle, 1_000_000_000_000L + bundle));
    }

    private static OptionInfo option(String name, Type type, String value, String low, String high) {
        return new OptionInfo(name, type, value, Optional.of(low), Optional.of(high), List.of(), "");
    }

    /// Experiments over the fixtures.
    public static LocalExperiments experiments() {
        return new LocalExperiments(new ServiceCatalog(plugins()));
    }

    /// A run of nudge in walk.
    ///
    /// @param settings name, value, name, value, ...
    public static ExperimentSpec spec(Path run, long steps, String... settings) {
        var map = new LinkedHashMap<String, String>(Map.of("runner.logSteps", "500"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new ExperimentSpec("walk", "nudge", map, 7, OptionalLong.of(steps), OptionalInt.empty(), Device.CPU,
                Optional.of(run));
    }
}
