package dev.limber.experiment.plan;

import dev.limber.api.algorithm.Device;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.experiment.plan.OptionSet.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A plan as it is kept in files: names and values, without what builds anything.
///
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param environmentOptions option name to value
/// @param rewardWeights weights that the user set: term name to weight
/// @param algorithmOptions option name to value
/// @param normalizerOptions option name to value
/// @param runnerOptions option name to value
/// @param rewardOptions name of a reward to the options of it, by name: those that the runner's option names, which were
///        asked for, and those that have taken the place of terms of their names when they were deployed
/// @param seed what all randomness comes from
/// @param steps environment steps to take
/// @param copies environment copies
/// @param threads threads that step them
/// @param device where to compute
/// @param versions bundle name to version, of every plug-in
/// @param manifest what the policy's numbers mean on a robot, where they mean something; runs of before 0.2 have none
public record StoredPlan(String environment, String algorithm, Map<String, StoredValue> environmentOptions,
        Map<String, String> rewardWeights, Map<String, StoredValue> algorithmOptions,
        Map<String, StoredValue> normalizerOptions, Map<String, StoredValue> runnerOptions,
        Map<String, Map<String, StoredValue>> rewardOptions, long seed, long steps, int copies, int threads,
        Device device, Map<String, String> versions, Optional<PolicyManifest> manifest) {

    /// A value as text.
    ///
    /// @param text the value
    /// @param source where it came from
    public record StoredValue(String text, Source source) {}

    /// The plan with one more reward that nobody asked for, at the end of those that are there.
    public StoredPlan withReward(String name) {
        var rewards = new LinkedHashMap<>(rewardOptions);
        rewards.put(name, Map.of());
        return withRewards(rewards);
    }

    /// The plan without the rewards that nobody asked for and that are not there any more.
    ///
    /// @param there true for the name of a reward that is
    public StoredPlan withoutLostRewards(Predicate<String> there) {
        StoredValue option = runnerOptions.get("rewards");
        List<String> asked = option == null ? List.of() : PlanResolver.names(option.text());
        var rewards = new LinkedHashMap<>(rewardOptions);
        rewards.keySet().removeIf(name -> !asked.contains(name) && !there.test(name));
        return withRewards(rewards);
    }

    private StoredPlan withRewards(Map<String, Map<String, StoredValue>> rewards) {
        return new StoredPlan(environment, algorithm, environmentOptions, rewardWeights, algorithmOptions,
                normalizerOptions, runnerOptions, rewards, seed, steps, copies, threads, device, versions, manifest);
    }

    /// A plan as it would be read from its file.
    public static StoredPlan of(Plan plan) {
        return fromJson(toJson(plan), "the plan");
    }

    /// A plan as a JSON tree.
    public static Map<String, Object> toJson(Plan plan) {
        var json = new LinkedHashMap<String, Object>();
        var environment = plugin(plan.environment().info(), plan.environment().options());
        var reward = new LinkedHashMap<String, Object>();
        for (RewardTerm term : plan.environment().spec().rewardTerms()) {
            reward.put(term.name(), value(term.weight(), plan.environment().weighted().contains(term.name())
                    ? Source.USER
                    : Source.DEFAULT));
        }
        environment.put("reward", reward);
        environment.put("rewards", plan.environment().rewards().stream()
                .map(each -> plugin(each.info(), each.options())).toList());
        json.put("environment", environment);
        plan.environment().manifest().ifPresent(manifest -> json.put("manifest", ManifestJson.write(manifest)));
        json.put("algorithm", plugin(plan.algorithm(), plan.algorithmOptions()));
        plan.normalizer().ifPresent(parts -> json.put("normalizer", plugin(parts.info(), parts.options())));
        json.put("runner", Map.of("options", options(plan.runner())));
        json.put("seed", plan.seed());
        json.put("steps", plan.steps());
        json.put("copies", plan.copies());
        json.put("threads", plan.threads());
        json.put("device", plan.device().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static Map<String, Object> plugin(PluginInfo info, OptionSet options) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", info.name());
        json.put("bundle", info.bundle());
        json.put("version", info.version());
        json.put("options", options(options));
        return json;
    }

    private static Map<String, Object> options(OptionSet options) {
        var json = new LinkedHashMap<String, Object>();
        options.values().forEach((name, value) -> json.put(name, value(value.value(), value.source())));
        return json;
    }

    private static Map<String, Object> value(Object value, Source source) {
        var json = new LinkedHashMap<String, Object>();
        json.put("value", value);
        json.put("source", source.name().toLowerCase(Locale.ROOT));
        return json;
    }

    /// A plan out of a JSON tree.
    ///
    /// @param file where the tree comes from, for messages
    /// @throws UsageException where something is missing
    public static StoredPlan fromJson(Map<String, Object> json, String file) {
        try {
            Map<?, ?> environment = (Map<?, ?>) json.get("environment");
            Map<?, ?> algorithm = (Map<?, ?>) json.get("algorithm");
            var weights = new LinkedHashMap<String, String>();
            values(environment, "reward").forEach((term, value) -> {
                if (value.source() != Source.DEFAULT) {
                    weights.put(term, value.text());
                }
            });
            Map<?, ?> normalizer = json.get("normalizer") instanceof Map<?, ?> map ? map : Map.of("options", Map.of());
            var parts = new ArrayList<Object>(Arrays.asList(environment, algorithm, json.get("normalizer")));
            var rewards = new LinkedHashMap<String, Map<String, StoredValue>>();
            if (environment.get("rewards") instanceof List<?> list) {
                for (Object each : list) {
                    rewards.put(((Map<?, ?>) each).get("name").toString(), values((Map<?, ?>) each, "options"));
                }
                parts.addAll(list);
            }
            var versions = new LinkedHashMap<String, String>();
            for (Object part : parts) {
                if (part instanceof Map<?, ?> map) {
                    versions.put(map.get("bundle").toString(), map.get("version").toString());
                }
            }
            return new StoredPlan(environment.get("name").toString(), algorithm.get("name").toString(),
                    values(environment, "options"), weights, values(algorithm, "options"),
                    values(normalizer, "options"), values((Map<?, ?>) json.get("runner"), "options"), rewards,
                    number(json, "seed"), number(json, "steps"), (int) number(json, "copies"),
                    (int) number(json, "threads"),
                    Device.valueOf(json.get("device").toString().toUpperCase(Locale.ROOT)), versions,
                    Optional.ofNullable((Map<?, ?>) json.get("manifest")).map(ManifestJson::read));
        } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new UsageException(file + " does not describe a run that this version can read");
        }
    }

    private static long number(Map<String, Object> json, String name) {
        return ((Number) json.get(name)).longValue();
    }

    private static Map<String, StoredValue> values(Map<?, ?> owner, String part) {
        var values = new LinkedHashMap<String, StoredValue>();
        ((Map<?, ?>) owner.get(part)).forEach((name, each) -> {
            Map<?, ?> value = (Map<?, ?>) each;
            values.put(name.toString(), new StoredValue(value.get("value").toString(),
                    Source.valueOf(value.get("source").toString().toUpperCase(Locale.ROOT))));
        });
        return values;
    }
}
