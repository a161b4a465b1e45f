package dev.limber.experiment.plan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// The options every experiment has, declared just like a plug-in's.
@ObjectClassDefinition(name = "Runner")
public @interface RunnerOptions {

    /// Threads that step the environment's copies.
    @AttributeDefinition(description = "threads that step the environment's copies; 0 for one where a step is light "
            + "and one per core where it is heavy", min = "0", max = "1024")
    int threads() default 0;

    /// Name of the observation normaliser.
    @AttributeDefinition(description = "name of the observation normaliser, none for raw observations")
    String normalizer() default "none";

    /// Time between checkpoints [s].
    @AttributeDefinition(description = "running time between two checkpoints [s]", min = "0")
    double checkpointSeconds() default 10;

    /// How many of the newest checkpoints stay.
    @AttributeDefinition(description = "how many of the newest checkpoints stay, besides the best", min = "1")
    int keepCheckpoints() default 3;

    /// Steps between two rows of metrics.
    @AttributeDefinition(description = "environment steps between two rows of metrics", min = "1")
    long logSteps() default 1000;

    /// Steps between two evaluations.
    @AttributeDefinition(description = "environment steps between two evaluations of the greedy policy, 0 for none; "
            + "with evaluations the best checkpoint is the one that plays best", min = "0")
    long evaluateSteps() default 0;

    /// Episodes of an evaluation.
    @AttributeDefinition(description = "episodes per evaluation", min = "1")
    int evaluateEpisodes() default 10;

    /// Names of rewards.
    @AttributeDefinition(description = "names of rewards, separated by commas: each takes the place of the "
            + "environment's term of its name or adds a term")
    String rewards() default "";

    /// Steps between two films.
    @AttributeDefinition(description = "environment steps between two films of the greedy policy in the run's folder "
            + "videos, 0 for none", min = "0")
    long videoEvery() default 0;

    /// Size of the films.
    @AttributeDefinition(description = "size of the films, even numbers of pixels: WIDTHxHEIGHT")
    String videoSize() default "640x480";

    /// Camera of the films.
    @AttributeDefinition(description = "where the films are taken from, as pixelCamera")
    String videoCamera() default "scene";
}
