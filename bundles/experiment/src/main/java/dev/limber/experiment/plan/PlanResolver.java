package dev.limber.experiment.plan;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Cost;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.catalog.InstalledPlugins.Installed;
import dev.limber.experiment.catalog.NearestNames;
import dev.limber.experiment.pixels.PixelOptions;
import dev.limber.experiment.pixels.PixelSpec;
import dev.limber.experiment.plan.OptionSet.Source;
import dev.limber.experiment.plan.Plan.PlannedNormalizer;
import dev.limber.experiment.plan.PlannedEnvironment.PlannedReward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Makes a plan of what the user typed. Nothing is built and nothing is written.
///
/// Values are laid over each other in this order: the plug-in's default, the algorithm's tuning for the environment, the
/// user. A key without a qualifier is looked for among the options of the runner, the algorithm and the environment.
public final class PlanResolver {

    /// Steps where neither the user nor the tuning says how many.
    static final long DEFAULT_STEPS = 100_000;

    private static final String NO_NORMALIZER = "none";

    private final InstalledPlugins plugins;
    private final List<OptionInfo> runnerOptions;

    /// A resolver over what is installed.
    public PlanResolver(InstalledPlugins plugins, List<OptionInfo> runnerOptions) {
        this.plugins = plugins;
        this.runnerOptions = runnerOptions;
    }

    /// The plan of a new experiment.
    public Plan resolve(ExperimentSpec spec) {
        var draft = new Draft(spec.environment(), spec.algorithm());
        Tuning tuning = draft.apply(spec.settings());
        long steps = spec.steps().orElse(tuning.steps().orElse(DEFAULT_STEPS));
        int copies = spec.copies().orElse(tuning.copies().orElse(1));
        if (steps < 1) {
            throw new UsageException("steps must be at least 1, not " + steps);
        }
        if (copies < 1) {
            throw new UsageException("copies must be at least 1, not " + copies);
        }
        return draft.plan(spec.seed(), steps, copies, 0, spec.device());
    }

    /// The plan of a run that was started before, with the values it had then.
    public Plan restore(StoredPlan stored) {
        var draft = new Draft(stored.environment(), stored.algorithm());
        draft.restore(stored);
        return draft.plan(stored.seed(), stored.steps(), stored.copies(), stored.threads(), stored.device());
    }

    /// An environment with some of its options set.
    public PlannedEnvironment environment(String name, Map<String, String> settings) {
        Installed<EnvironmentFactory> environment = plugins.find(PluginKind.ENVIRONMENTS, EnvironmentFactory.class,
                name);
        var options = new OptionSet(name, environment.info().options());
        var weights = new LinkedHashMap<String, String>();
        settings.forEach((key, text) -> {
            if (key.startsWith("reward.")) {
                weights.put(key.substring("reward.".length()), text);
            } else {
                String option = key.startsWith("environment.") ? key.substring("environment.".length()) : key;
                requireScene(option, options);
                options.set(option, text, Source.USER);
            }
        });
        return planned(environment, options, weights, List.of());
    }

    /// What an algorithm's author found to work for an environment with such settings, which are checked.
    public Tuning tuning(String algorithm, String environment, Map<String, String> settings) {
        var draft = new Draft(environment, algorithm);
        Tuning tuning = draft.apply(settings);
        draft.check();
        return tuning;
    }

    private PlannedEnvironment planned(Installed<EnvironmentFactory> environment, OptionSet options,
            Map<String, String> weights, List<PlannedReward> rewards) {
        EnvironmentSpec plain = checked(options.owner(), () -> environment.factory().spec(options.options()));
        Optional<PlannedPixels> pixels = pixels(environment.factory(), options)
                .map(each -> new PlannedPixels(each, plain));
        EnvironmentSpec spec = pixels.map(each -> each.spec().seen(plain)).orElse(plain);
        Optional<PolicyManifest> manifest = pixels.isPresent() ? Optional.empty()
                : checked(options.owner(), () -> environment.factory().manifest(options.options()));
        return new PlannedEnvironment(environment.info(), environment.factory(), options,
                RewardWeights.apply(rewarded(spec, rewards), weights), Set.copyOf(weights.keySet()), rewards,
                pixels, plugins.studio(), manifest);
    }

    private static EnvironmentSpec rewarded(EnvironmentSpec spec, List<PlannedReward> rewards) {
        if (rewards.isEmpty()) {
            return spec;
        }
        var terms = new ArrayList<>(spec.rewardTerms());
        for (PlannedReward reward : rewards) {
            if (terms.stream().noneMatch(term -> term.name().equals(reward.info().name()))) {
                terms.add(new RewardTerm(reward.info().name(), 1));
            }
        }
        return RewardWeights.with(spec, terms);
    }

    /// The names in a list of names that are separated by commas, each once.
    static List<String> names(String list) {
        return Arrays.stream(list.strip().split("\\s*,\\s*")).filter(name -> !name.isEmpty()).distinct().toList();
    }

    private static Optional<PixelSpec> pixels(EnvironmentFactory factory, OptionSet options) {
        return checked(options.owner(), () -> factory.scene(options.options()))
                .flatMap(scene -> PixelSpec.of(options.options().as(PixelOptions.class), scene));
    }

    /// Says of the options that every environment with a scene has why another has them not.
    private static void requireScene(String name, OptionSet options) {
        boolean pixelOption = Arrays.stream(PixelOptions.class.getDeclaredMethods())
                .anyMatch(option -> option.getName().equals(name));
        if (pixelOption && !options.has(name)) {
            throw new UsageException(options.owner() + " has no option '" + name
                    + "': it publishes no scene, so that there are no pixels to observe");
        }
    }

    /// Turns what plug-ins throw for values they do not take into one line for the user.
    private static <T> T checked(String owner, Supplier<T> check) {
        try {
            return check.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(owner + " refuses its options: " + e.getMessage());
        }
    }

    /// The settings of one plan on their way.
    private final class Draft {

        final Installed<EnvironmentFactory> environment;
        final Installed<AlgorithmFactory> algorithm;
        final OptionSet environmentOptions;
        final OptionSet algorithmOptions;
        final OptionSet runner = new OptionSet("the runner", runnerOptions);
        final Map<String, String> forEnvironment = new LinkedHashMap<>();
        final Map<String, String> forAlgorithm = new LinkedHashMap<>();
        final Map<String, String> forRunner = new LinkedHashMap<>();
        final Map<String, String> forNormalizer = new LinkedHashMap<>();
        final Map<String, String> forReward = new LinkedHashMap<>();
        PlannedEnvironment planned;
        Optional<PlannedNormalizer> normalizer = Optional.empty();

        Draft(String environmentName, String algorithmName) {
            environment = plugins.find(PluginKind.ENVIRONMENTS, EnvironmentFactory.class, environmentName);
            algorithm = plugins.find(PluginKind.ALGORITHMS, AlgorithmFactory.class, algorithmName);
            environmentOptions = new OptionSet(environmentName, environment.info().options());
            algorithmOptions = new OptionSet(algorithmName, algorithm.info().options());
        }

        /// Lays the algorithm's tuning and the user's settings over the defaults.
        Tuning apply(Map<String, String> settings) {
            sort(settings);
            applyEnvironment(Source.USER);
            Tuning tuning = tuning();
            tuning.options().values()
                    .forEach((name, value) -> algorithmOptions.set(name, value.toString(), Source.TUNING));
            if (!tuning.normalizer().equals(NO_NORMALIZER)) {
                runner.set("normalizer", tuning.normalizer(), Source.TUNING);
            }
            applyRest(Source.USER);
            return tuning;
        }

        /// Finds out whose each setting is.
        void sort(Map<String, String> settings) {
            settings.forEach((key, text) -> {
                int dot = key.indexOf('.');
                String name = key.substring(dot + 1);
                switch (dot < 0 ? "" : key.substring(0, dot)) {
                    case "runner" -> forRunner.put(name, text);
                    case "algorithm" -> forAlgorithm.put(name, text);
                    case "environment" -> forEnvironment.put(name, text);
                    case "normalizer" -> forNormalizer.put(name, text);
                    case "reward" -> forReward.put(name, text);
                    case "" -> owner(key).put(key, text);
                    default -> throw new UsageException("unknown setting '" + key
                            + "'; write it name, runner.name, algorithm.name, environment.name, normalizer.name or "
                            + "reward.term");
                }
            });
        }

        private Map<String, String> owner(String name) {
            var owners = new LinkedHashMap<String, Map<String, String>>();
            if (runner.has(name)) {
                owners.put("runner." + name, forRunner);
            }
            if (algorithmOptions.has(name)) {
                owners.put("algorithm." + name, forAlgorithm);
            }
            if (environmentOptions.has(name)) {
                owners.put("environment." + name, forEnvironment);
            }
            if (owners.size() > 1) {
                throw new UsageException(
                        "option '" + name + "' is ambiguous; write " + String.join(" or ", owners.keySet()));
            }
            if (owners.isEmpty()) {
                requireScene(name, environmentOptions);
                plugins.of(PluginKind.NORMALIZERS).stream().map(InstalledPlugins.Installed::info)
                        .filter(info -> info.options().stream().anyMatch(option -> option.name().equals(name)))
                        .findFirst().ifPresent(info -> {
                            throw new UsageException("option '" + name + "' belongs to the normaliser '" + info.name()
                                    + "': write normalizer." + name + "=..., with normalizer=" + info.name());
                        });
                var known = new ArrayList<String>(algorithmOptions.names());
                known.addAll(environmentOptions.names());
                known.addAll(runner.names());
                throw NearestNames.unknown("option '" + name + "' of " + algorithmOptions.owner() + ", "
                        + environmentOptions.owner() + " and the runner", name, "Options", known);
            }
            return owners.values().iterator().next();
        }

        void applyEnvironment(Source source) {
            forEnvironment.forEach((name, text) -> {
                requireScene(name, environmentOptions);
                environmentOptions.set(name, text, source);
            });
            List<PlannedReward> rewards = rewards(names(forRunner.getOrDefault("rewards", "")));
            var weights = new LinkedHashMap<String, String>();
            forReward.forEach((name, text) -> {
                int dot = name.indexOf('.');
                if (dot < 0) {
                    weights.put(name, text);
                } else {
                    optionsOf(rewards, name.substring(0, dot)).set(name.substring(dot + 1), text, source);
                }
            });
            planned = planned(environment, environmentOptions, weights, rewards);
        }

        private OptionSet optionsOf(List<PlannedReward> rewards, String name) {
            return rewards.stream().filter(reward -> reward.info().name().equals(name)).findFirst().orElseThrow(
                    () -> new UsageException("options of reward '" + name + "' need it among runner.rewards"))
                    .options();
        }

        private List<PlannedReward> rewards(Collection<String> names) {
            var rewards = new ArrayList<PlannedReward>();
            for (String name : names) {
                Installed<RewardFactory> found = plugins.find(PluginKind.REWARDS, RewardFactory.class, name);
                rewards.add(new PlannedReward(found.info(), found.factory(),
                        new OptionSet(name, found.info().options())));
            }
            return rewards;
        }

        Tuning tuning() {
            Tuning tuning = checked(algorithmOptions.owner(), () -> algorithm.factory().tuning(planned.spec()));
            Map<String, Object> values = tuning.options().values();
            var ordered = new LinkedHashMap<String, Object>(); // as declared: a Map.of has another order in each process
            algorithmOptions.names().stream().filter(values::containsKey)
                    .forEach(name -> ordered.put(name, values.get(name)));
            ordered.putAll(values);
            return new Tuning(tuning.steps(), tuning.copies(), tuning.normalizer(), Options.of(ordered));
        }

        void applyRest(Source source) {
            forAlgorithm.forEach((name, text) -> algorithmOptions.set(name, text, source));
            forRunner.forEach((name, text) -> runner.set(name, text, source));
            openNormalizer();
            forNormalizer.forEach((name, text) -> normalizer
                    .orElseThrow(() -> new UsageException("option 'normalizer." + name
                            + "' needs a normaliser: set normalizer to one of " + normalizerNames()))
                    .options().set(name, text, source));
        }

        private void openNormalizer() {
            String name = runner.values().get("normalizer").value().toString();
            if (name.equals(NO_NORMALIZER)) {
                return;
            }
            Installed<NormalizerFactory> found = plugins.find(PluginKind.NORMALIZERS, NormalizerFactory.class, name);
            normalizer = Optional.of(new PlannedNormalizer(found.info(), found.factory(),
                    new OptionSet(name, found.info().options())));
        }

        private String normalizerNames() {
            return String.join(", ",
                    plugins.of(PluginKind.NORMALIZERS).stream().map(plugin -> plugin.info().name()).toList());
        }

        void restore(StoredPlan stored) {
            restore(environmentOptions, stored.environmentOptions());
            restore(runner, stored.runnerOptions());
            List<PlannedReward> rewards = rewards(stored.rewardOptions().keySet());
            for (PlannedReward reward : rewards) {
                restore(reward.options(), stored.rewardOptions().get(reward.info().name()));
            }
            planned = planned(environment, environmentOptions, stored.rewardWeights(), rewards);
            restore(algorithmOptions, stored.algorithmOptions());
            openNormalizer();
            normalizer.ifPresent(parts -> restore(parts.options(), stored.normalizerOptions()));
        }

        /// Sets what the run had. What its plug-in no longer knows matters only where it was not a default.
        private void restore(OptionSet options, Map<String, StoredPlan.StoredValue> stored) {
            stored.forEach((name, value) -> {
                if (options.has(name) || value.source() != Source.DEFAULT) {
                    options.set(name, value.text(), value.source() == Source.DEFAULT && !isDefault(options, name, value)
                            ? Source.USER
                            : value.source());
                }
            });
        }

        private boolean isDefault(OptionSet options, String name, StoredPlan.StoredValue value) {
            OptionSet.Value now = options.values().get(name);
            return now != null && now.value().toString().equals(value.text());
        }

        /// Throws unless the algorithm can learn in the environment with these options.
        ///
        /// @return those of the runner
        RunnerOptions check() {
            checked(algorithmOptions.owner(), () -> {
                algorithm.factory().check(planned.spec(), algorithmOptions.options());
                return true;
            });
            return checked("the runner", () -> runner.options().as(RunnerOptions.class));
        }

        Plan plan(long seed, long steps, int copies, int threads, Device device) {
            RunnerOptions options = check();
            int shards = threads > 0 ? threads : options.threads();
            if (shards == 0) {
                shards = planned.spec().cost() == Cost.LIGHT ? 1 : Runtime.getRuntime().availableProcessors();
            }
            PluginInfo info = algorithm.info();
            var plan = new Plan(planned, info, algorithm.factory(), algorithmOptions, normalizer, runner, seed, steps,
                    copies, Math.min(shards, copies), device);
            plan.createNormalizer();
            return plan;
        }
    }
}
