package dev.limber.api.algorithm;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import java.util.Objects;

/// A kind of algorithm. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface AlgorithmFactory {

    /// Throws unless the algorithm can learn in such an environment.
    ///
    /// @throws dev.limber.api.plugin.UsageException naming what does not fit: "ddpg needs a continuous action, CartPole-v1
    ///         has Discrete(2)"
    void check(EnvironmentSpec environment, Options options);

    /// What its author found to work for an environment. It lies between the defaults and what the user sets.
    default Tuning tuning(EnvironmentSpec environment) {
        return Tuning.NONE;
    }

    /// Builds the algorithm on the thread that will run it. The context's environment has been reset.
    Algorithm create(AlgorithmContext context);

    /// Builds the algorithm as it was when a state of it was saved. Experiments stand still meanwhile, so whoever can do
    /// without drawing weights that the state has anyway should.
    ///
    /// @param state from [Algorithm#save], maybe of another version of this plug-in
    /// @throws dev.limber.api.state.IncompatibleStateException where the state does not fit
    default Algorithm create(AlgorithmContext context, State state) {
        Algorithm algorithm = Objects.requireNonNull(create(context), "it creates no algorithm, but null");
        try {
            algorithm.restore(state);
            return algorithm;
        } catch (RuntimeException | Error e) {
            algorithm.close();
            throw e;
        }
    }

    /// Builds the greedy policy out of a state that [Algorithm#save] gave, without the learner around it: for evaluation,
    /// for recording, for robots.
    ///
    /// @throws dev.limber.api.state.IncompatibleStateException where the state does not fit
    Policy policy(PolicyContext context, State state);
}
