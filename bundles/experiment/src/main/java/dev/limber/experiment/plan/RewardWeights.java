package dev.limber.experiment.plan;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.catalog.NearestNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Sets the weights of an environment's reward terms. The environment's threshold is one of its own reward: where that
/// becomes another, the task does not count as solved from anywhere.
final class RewardWeights {

    private RewardWeights() {}

    /// The spec with other weights.
    ///
    /// @param weights term name to weight, as text
    /// @throws UsageException for a term that there is not, or a weight that is no finite number
    static EnvironmentSpec apply(EnvironmentSpec spec, Map<String, String> weights) {
        List<String> names = spec.rewardTerms().stream().map(RewardTerm::name).toList();
        for (String name : weights.keySet()) {
            if (!names.contains(name)) {
                throw NearestNames.unknown("reward term '" + name + "' of " + spec.name(), name, "Terms", names);
            }
        }
        List<RewardTerm> terms = spec.rewardTerms().stream().map(term -> weights.containsKey(term.name())
                ? new RewardTerm(term.name(), weight(term.name(), weights.get(term.name())))
                : term).toList();
        return terms.equals(spec.rewardTerms()) ? spec : with(spec, terms);
    }

    /// The spec with a reward of other terms, or of terms that something else computes.
    static EnvironmentSpec with(EnvironmentSpec spec, List<RewardTerm> terms) {
        return new EnvironmentSpec(spec.name(), spec.observation(), spec.image(), spec.action(), terms,
                spec.stateNames(), spec.stepSeconds(), spec.maxEpisodeSteps(), OptionalDouble.empty(), spec.snapshot(),
                spec.cost());
    }

    private static double weight(String term, String text) {
        try {
            double weight = Double.parseDouble(text.strip().replace("_", ""));
            if (Double.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // falls through to the same refusal
        }
        throw new UsageException("weight of reward term '" + term + "' takes a number, not '" + text + "'");
    }
}
