package dev.limber.experiment.play;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the policies of runs, also of one that is running.
public final class RunReader {

    private final PlanResolver resolver;
    private final Consumer<String> notes;

    /// A reader of runs whose plug-ins `resolver` finds.
    ///
    /// @param notes hears of damaged checkpoints that are passed over
    public RunReader(PlanResolver resolver, Consumer<String> notes) {
        this.resolver = resolver;
        this.notes = notes;
    }

    /// The policy of a run.
    ///
    /// @param checkpoint "latest", "best" or a step
    TrainedPolicy read(Path run, String checkpoint) throws IOException {
        Plan plan = resolver.restore(RunDirectory.describe(run));
        Checkpoint read = RunDirectory.checkpoints(run).read(checkpoint, notes);
        Optional<Normalizer> normalizer = plan.createNormalizer();
        try {
            normalizer.ifPresent(part -> part.restore(read.state().state("normalizer")));
            return new TrainedPolicy(run, plan, read.step(), normalizer, read.state().state("algorithm"));
        } catch (IncompatibleStateException e) {
            throw RunDirectory.unfit(run, read.step(), e);
        }
    }

    /// An environment by name.
    PlannedEnvironment environment(String name, Map<String, String> settings) {
        return resolver.environment(name, settings);
    }
}
