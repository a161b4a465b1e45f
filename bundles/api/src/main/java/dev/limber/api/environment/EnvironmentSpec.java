package dev.limber.api.environment;

import dev.limber.api.space.Box;
import dev.limber.api.space.Image;
import dev.limber.api.space.Space;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an environment looks like from outside.
///
/// @param name the name users type: "CartPole-v1"
/// @param observation the vector part of an observation
/// @param image the picture part of an observation
/// @param action what the environment takes
/// @param rewardTerms the named terms of the reward and their weights
/// @param stateNames names with units of the physical state of a copy, "pole angle [rad]"; empty where it cannot be set
/// @param stepSeconds simulated time per step [s]
/// @param maxEpisodeSteps steps after which an episode is truncated; 0 for never
/// @param rewardThreshold mean return from which the task counts as solved
/// @param snapshot what save and restore can do
/// @param cost whether a step is worth a thread of its own
public record EnvironmentSpec(String name, Space observation, Optional<Image> image, Space action,
        List<RewardTerm> rewardTerms, List<String> stateNames, double stepSeconds, int maxEpisodeSteps,
        OptionalDouble rewardThreshold, Snapshot snapshot, Cost cost) {

    /// One named term of the reward.
    ///
    /// @param name lower case, unique in its environment: "effort"
    /// @param weight what the term is multiplied with in the sum
    public record RewardTerm(String name, double weight) {}

    /// What save and restore can do.
    public enum Snapshot {
        /// Nothing: both throw.
        NONE,
        /// Restoring gives the same future as the save did, but saving may move the running one (solver caches are
        /// cleared on both sides).
        CANONICAL,
        /// Restoring gives the same future, bit for bit, and saving changes nothing.
        EXACT
    }

    /// Whether a step of a copy is worth a thread of its own.
    public enum Cost {
        /// Cheaper than handing it to another thread, which costs some 10 microseconds.
        LIGHT,
        /// Dearer than that: physics engines, rendering.
        HEAVY
    }

    /// Copies the lists.
    public EnvironmentSpec {
        rewardTerms = List.copyOf(rewardTerms);
        stateNames = List.copyOf(stateNames);
    }

    /// Starts a spec with the two spaces; everything else has a default that [Builder]'s methods change.
    public static Builder of(String name, Space observation, Space action) {
        return new Builder(name, observation, action);
    }

    /// The default weights of the reward's terms [terms].
    public double[] rewardWeights() {
        return rewardTerms.stream().mapToDouble(RewardTerm::weight).toArray();
    }

    /// True where actions are vectors of real numbers.
    public boolean continuous() {
        return action instanceof Box;
    }

    /// Builds a spec. Defaults: no image, one reward term "reward" of weight 1, no settable state, 20 ms, no limit, no
    /// threshold, NONE, LIGHT.
    public static final class Builder {

        private final String name;
        private final Space observation;
        private final Space action;
        private Optional<Image> image = Optional.empty();
        private List<RewardTerm> rewardTerms = List.of(new RewardTerm("reward", 1));
        private List<String> stateNames = List.of();
        private double stepSeconds = 0.02;
        private int maxEpisodeSteps;
        private OptionalDouble rewardThreshold = OptionalDouble.empty();
        private Snapshot snapshot = Snapshot.NONE;
        private Cost cost = Cost.LIGHT;

        private Builder(String name, Space observation, Space action) {
            this.name = name;
            this.observation = observation;
            this.action = action;
        }

        /// Adds pictures to the observation.
        public Builder image(Image pictures) {
            image = Optional.of(pictures);
            return this;
        }

        /// Sets the terms of the reward.
        public Builder rewardTerms(RewardTerm... terms) {
            rewardTerms = List.of(terms);
            return this;
        }

        /// Names the physical state of a copy, which makes it settable.
        public Builder state(String... names) {
            stateNames = List.of(names);
            return this;
        }

        /// Sets the simulated time per step [s].
        public Builder stepSeconds(double seconds) {
            stepSeconds = seconds;
            return this;
        }

        /// Sets after how many steps an episode is truncated.
        public Builder maxEpisodeSteps(int steps) {
            maxEpisodeSteps = steps;
            return this;
        }

        /// Sets the mean return from which the task counts as solved.
        public Builder rewardThreshold(double threshold) {
            rewardThreshold = OptionalDouble.of(threshold);
            return this;
        }

        /// Sets what save and restore can do.
        public Builder snapshot(Snapshot ability) {
            snapshot = ability;
            return this;
        }

        /// Sets whether a step is worth a thread of its own.
        public Builder cost(Cost perStep) {
            cost = perStep;
            return this;
        }

        /// The spec.
        public EnvironmentSpec build() {
            return new EnvironmentSpec(name, observation, image, action, rewardTerms, stateNames, stepSeconds,
                    maxEpisodeSteps, rewardThreshold, snapshot, cost);
        }
    }
}
