package dev.limber.experiment.play;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.run.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;

/// The policy of a run at one step.
///
/// @param run the run's directory
/// @param plan what was trained, and in what
/// @param step the training step
/// @param normalizer as it was then
/// @param algorithm the algorithm's state then
record TrainedPolicy(Path run, Plan plan, long step, Optional<Normalizer> normalizer, State algorithm) {

    /// The greedy policy, to play in copies of `played`.
    Policy policy(PlannedEnvironment played, int copies, long seed) {
        try {
            return plan.algorithmFactory().policy(
                    new PlayContext(played, plan.environment().spec(), copies, plan.algorithmOptions().options(), seed),
                    algorithm);
        } catch (IncompatibleStateException e) {
            throw RunDirectory.unfit(run, step, e);
        }
    }

    /// Throws unless the policy can act in such an environment.
    void requireFit(EnvironmentSpec other) {
        EnvironmentSpec trained = plan.environment().spec();
        if (!fits(trained.observation(), other.observation()) || !trained.image().equals(other.image())
                || !fits(trained.action(), other.action())) {
            throw new UsageException("a policy trained in " + describe(trained) + " cannot act in " + describe(other));
        }
    }

    private static boolean fits(Space trained, Space other) {
        return trained.getClass() == other.getClass() && trained.size() == other.size()
                && (!(trained instanceof Discrete discrete) || discrete.n() == ((Discrete) other).n());
    }

    private static String describe(EnvironmentSpec spec) {
        return spec.name() + " (observation " + spec.observation() + spec.image().map(image -> " and " + image)
                .orElse("") + ", action " + spec.action() + ")";
    }
}
