package dev.limber.algorithms.a2c;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// The options of A2C.
@ObjectClassDefinition(name = "A2C", description = "Advantage actor-critic")
public @interface A2cSettings {

    /// Learning rate.
    @AttributeDefinition(description = "learning rate at the beginning", min = "0", max = "1")
    double lr() default 1e-3;

    /// Schedule of the learning rate.
    @AttributeDefinition(description = "how the learning rate goes on: constant, or linear to 0 at the end", options = {
        @Option(value = "constant"), @Option(value = "linear")})
    String schedule() default "linear";

    /// Optimiser.
    @AttributeDefinition(description = "optimiser: adam, or rmsprop as in TensorFlow 1", options = {
        @Option(value = "adam"), @Option(value = "rmsprop")})
    String optimizer() default "adam";

    /// Longest gradient.
    @AttributeDefinition(description = "longest gradient (Euclidean norm); longer ones are scaled down", min = "0")
    double maxGradient() default 0.5;

    /// Discount factor.
    @AttributeDefinition(description = "discount factor per step", min = "0", max = "1")
    double gamma() default 0.99;

    /// Trace decay of generalised advantages.
    @AttributeDefinition(description = "trace decay of generalised advantages: 0 one step, 1 the whole rollout", min = "0", max = "1")
    double lambda() default 0.95;

    /// Length of a rollout.
    @AttributeDefinition(description = "steps each copy takes between two updates", min = "1", max = "100000")
    int rollout() default 16;

    /// Weight of the entropy.
    @AttributeDefinition(description = "weight of the policy's entropy in the objective", min = "0")
    double entropy() default 0;

    /// Weight of the value loss.
    @AttributeDefinition(description = "weight of the value loss in the objective", min = "0")
    double value() default 0.5;

    /// Convolutions.
    @AttributeDefinition(description = "convolutions before the hidden layers where pictures are observed: "
            + "filters:kernel/stride, shared by actor and critic")
    String convolutions() default "16:8/4,32:4/2";

    /// Hidden layers.
    @AttributeDefinition(description = "widths of the hidden layers of actor and critic, such as 64,64; empty for none")
    String hidden() default "64,64";

    /// Activation.
    @AttributeDefinition(description = "what follows each hidden layer", options = {@Option(value = "tanh"),
        @Option(value = "relu"), @Option(value = "identity")})
    String activation() default "tanh";

    /// Begin of the log standard deviation.
    @AttributeDefinition(description = "logarithm of the standard deviation of continuous actions at the beginning, in halves of the action's range", min = "-10", max = "2")
    double logStd() default 0;

    /// Normalisation of advantages.
    @AttributeDefinition(description = "shift and scale the advantages of each rollout to mean 0, deviation 1")
    boolean normalizeAdvantage() default false;

    /// Normalisation of rewards.
    @AttributeDefinition(description = "divide rewards by the running deviation of the discounted return")
    boolean normalizeReward() default false;
}
