package dev.limber.api.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;

/// What a policy is given that plays without its learner: in an evaluation, a recording, a control session.
public interface PolicyContext {

    /// The environment it will act in, whose spaces are those it was trained for.
    EnvironmentSpec environment();

    /// How many rows it will act for, at least 1.
    int copies();

    /// The options the algorithm was trained with.
    Options options();

    /// A batch of simulated copies of that environment, for policies that plan: put them into a state with
    /// [Environment#setState] and try actions out. The caller closes it, on the thread that asked for it.
    Environment newEnvironment(int copies);

    /// The seed of the policy's own randomness, where it has some.
    long seed();
}
