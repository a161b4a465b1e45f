package dev.limber.algorithms.ddpg;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// The options of SAC.
@ObjectClassDefinition(name = "SAC", description = "Soft actor-critic")
public @interface SacSettings {

    /// Learning rate.
    @AttributeDefinition(description = "learning rate at the beginning, of actor, critics and entropy coefficient", min = "0", max = "1")
    double lr() default 1e-3;

    /// Schedule of the learning rate.
    @AttributeDefinition(description = "how the learning rate goes on: constant, or linear or cosine to 0 at the end", options = {
        @Option(value = "constant"), @Option(value = "linear"), @Option(value = "cosine")})
    String schedule() default "constant";

    /// Discount factor.
    @AttributeDefinition(description = "discount factor per step", min = "0", max = "1")
    double gamma() default 0.99;

    /// Speed of the targets.
    @AttributeDefinition(description = "part of the way that the target networks go towards the learning ones per update", min = "0", max = "1")
    double tau() default 0.005;

    /// Transitions per update.
    @AttributeDefinition(description = "transitions per update", min = "1", max = "65536")
    int batch() default 256;

    /// Capacity of the replay memory.
    @AttributeDefinition(description = "transitions to remember", min = "64", max = "100000000")
    int memory() default 1_000_000;

    /// Random steps at the beginning.
    @AttributeDefinition(description = "environment steps with random actions before the first update", min = "1")
    int warmup() default 1000;

    /// Steps per iteration.
    @AttributeDefinition(description = "steps every copy takes between two rounds of updates", min = "1", max = "10000")
    int steps() default 1;

    /// Updates per environment step.
    @AttributeDefinition(description = "updates per environment step (update-to-data ratio)", min = "0", max = "100")
    double ratio() default 1;

    /// Updates of the critics per update of the actor.
    @AttributeDefinition(description = "updates of the critics per update of the actor", min = "1", max = "1000")
    int policyDelay() default 1;

    /// Kind of noise that actions are drawn with.
    @AttributeDefinition(description = "what actions are drawn with; gaussian: new in every step; ou: Ornstein-Uhlenbeck, alike from step to step", options = {
        @Option(value = "gaussian"), @Option(value = "ou")})
    String noiseType() default "gaussian";

    /// How fast Ornstein-Uhlenbeck noise forgets.
    @AttributeDefinition(description = "part of Ornstein-Uhlenbeck noise that is forgotten per step", min = "0.0001", max = "1")
    double theta() default 0.15;

    /// Weight of the entropy.
    @AttributeDefinition(description = "entropy coefficient, at the beginning where it is learned", min = "0", max = "1000")
    double entropy() default 1;

    /// Whether the weight of the entropy is learned.
    @AttributeDefinition(description = "learn the entropy coefficient, so that the policy keeps targetEntropy")
    boolean autoEntropy() default true;

    /// Wanted entropy.
    @AttributeDefinition(description = "entropy that a learned coefficient aims at, per component of the action, of actions scaled to -1 to 1 [nat]", min = "-20", max = "1")
    double targetEntropy() default -1;

    /// Hidden layers.
    @AttributeDefinition(description = "widths of the hidden layers of actor and critics, such as 256,256; empty for none")
    String hidden() default "256,256";

    /// Threads to learn with.
    @AttributeDefinition(description = "equal parts that a batch is cut into, each differentiated by a thread of its own; every number repeats its runs bit for bit", min = "1", max = "64")
    int learnerThreads() default 1;

    /// Updates beside the environment.
    @AttributeDefinition(description = "update on another thread while the environment steps, for environments that are slow; repeats its runs bit for bit")
    boolean overlap() default false;
}
