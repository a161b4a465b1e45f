package dev.limber.experiment.plan;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.Studio;
import dev.limber.experiment.environment.RewardedEnvironment;
import dev.limber.experiment.pixels.PixelEnvironment;
import dev.limber.experiment.pixels.PixelOptions;
import dev.limber.experiment.shard.ShardedEnvironment;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// An environment with its options checked.
///
/// @param info the plug-in
/// @param factory what builds it
/// @param options its options
/// @param spec what it looks like, with the reward terms and weights that were asked for
/// @param weighted the terms whose weights the user set
/// @param rewards what computes terms in place of the environment, or besides its own
/// @param pixels what is observed in place of the environment's numbers, or besides them
/// @param studio what draws and films it
/// @param manifest what observations and actions mean on a robot, where they mean something
public record PlannedEnvironment(PluginInfo info, EnvironmentFactory factory, OptionSet options, EnvironmentSpec spec,
        Set<String> weighted, List<PlannedReward> rewards, Optional<PlannedPixels> pixels, Studio studio,
        Optional<PolicyManifest> manifest) {

    /// A reward with its options checked.
    ///
    /// @param info the plug-in
    /// @param factory what builds it
    /// @param options its options
    public record PlannedReward(PluginInfo info, RewardFactory factory, OptionSet options) {

        /// True where the same plug-in computes it. Of one that has gone, what is known is its version.
        boolean same(PlannedReward other) {
            return factory == other.factory || factory == Departed.PLUGIN && info.equals(other.info);
        }
    }

    /// Builds a batch on the calling thread.
    public Environment create(int copies) {
        Environment batch = createBatch(copies, 1);
        try {
            return reward(batch);
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
    }

    /// Builds a batch that is stepped by several threads, with the environment's own rewards.
    public Environment createBatch(int copies, int threads) {
        Environment batch = ShardedEnvironment.create(factory, options.options(), copies, threads);
        return pixels.isPresent() ? pixels.get().show(batch, studio) : batch;
    }

    /// The options that say how pixels are observed, as text, where they are not the defaults.
    public Map<String, String> pixelSettings() {
        var settings = new LinkedHashMap<String, String>();
        for (Method option : PixelOptions.class.getDeclaredMethods()) {
            OptionSet.Value value = options.values().get(option.getName());
            if (value != null && value.source() != OptionSet.Source.DEFAULT) {
                settings.put(option.getName(), value.value().toString());
            }
        }
        return settings;
    }

    /// What rewards see of the environment: its numbers, also where pixels are observed.
    public EnvironmentSpec numbers() {
        return pixels.map(PlannedPixels::plain).orElse(spec);
    }

    /// Puts the rewards and weights that were asked for on a batch.
    ///
    /// @return the batch itself where it has all the rewards
    public Environment reward(Environment batch) {
        if (rewards.isEmpty()) {
            if (!weighted.isEmpty()) {
                batch.setRewardWeights(spec.rewardWeights());
            }
            return batch;
        }
        List<String> names = spec.rewardTerms().stream().map(RewardTerm::name).toList();
        Environment seen = batch instanceof PixelEnvironment pixel ? pixel.numbers() : batch;
        var terms = new ArrayList<RewardedEnvironment.Term>();
        for (PlannedReward reward : rewards) {
            terms.add(new RewardedEnvironment.Term(names.indexOf(reward.info().name()),
                    reward.factory().create(seen.spec(), reward.options().options())));
        }
        return new RewardedEnvironment(batch, seen, spec, terms);
    }

    /// True where another, which comes after this one, sums up the same terms with the same weights, and has them from the
    /// same plug-ins where they are not the environment's own.
    public boolean sameReward(PlannedEnvironment other) {
        return spec.rewardTerms().equals(other.spec.rewardTerms()) && rewards.size() == other.rewards.size()
                && IntStream.range(0, rewards.size()).allMatch(i -> rewards.get(i).same(other.rewards.get(i)));
    }

    /// The same without its plug-ins.
    PlannedEnvironment detached() {
        return new PlannedEnvironment(info, Departed.PLUGIN, options, spec, weighted, rewards.stream()
                .map(each -> new PlannedReward(each.info(), Departed.PLUGIN, each.options())).toList(), pixels, studio,
                manifest);
    }

    /// The same with another weight of a term.
    ///
    /// @throws dev.limber.api.plugin.UsageException where there is no such term or the weight is not finite
    public PlannedEnvironment weigh(String term, double weight) {
        var names = new TreeSet<>(weighted);
        names.add(term);
        return new PlannedEnvironment(info, factory, options,
                RewardWeights.apply(spec, Map.of(term, Double.toString(weight))), names, rewards, pixels, studio,
                manifest);
    }
}
