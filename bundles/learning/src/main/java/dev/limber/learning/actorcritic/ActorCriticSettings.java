package dev.limber.learning.actorcritic;

/// What an actor-critic can be told besides its loss. A plug-in declares those of these that its users may set, in an annotation of its own
/// with ranges and descriptions; for the others these defaults hold.
public @interface ActorCriticSettings {

    /// Learning rate.
    double lr() default 1e-3;

    /// Schedule of the learning rate.
    String schedule() default "linear";

    /// Optimiser.
    String optimizer() default "adam";

    /// Longest gradient.
    double maxGradient() default 0.5;

    /// Discount factor.
    double gamma() default 0.99;

    /// Trace decay of generalised advantages.
    double lambda() default 0.95;

    /// Length of a rollout.
    int rollout() default 16;

    /// Convolutions before the hidden layers, where pictures are observed: `filters:kernel/stride`.
    String convolutions() default "16:8/4,32:4/2";

    /// Hidden layers.
    String hidden() default "64,64";

    /// Activation.
    String activation() default "tanh";

    /// Begin of the log standard deviation.
    double logStd() default 0;

    /// Normalisation of advantages.
    boolean normalizeAdvantage() default false;

    /// Normalisation of rewards.
    boolean normalizeReward() default false;
}
