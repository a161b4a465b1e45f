package dev.limber.experiment.play;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        return read(run, RunDirectory.describe(run), checkpoint);
    }

    private TrainedPolicy read(Path run, StoredPlan stored, String checkpoint) throws IOException {
        Plan plan = resolver.restore(stored);
        Checkpoint read = RunDirectory.checkpoints(run).read(checkpoint, notes);
        Optional<Normalizer> normalizer = plan.createNormalizer();
        try {
            normalizer.ifPresent(part -> part.restore(read.state().state("normalizer")));
            return new TrainedPolicy(run, plan, read.step(), normalizer, read.state().state("algorithm"));
        } catch (IncompatibleStateException e) {
            throw RunDirectory.unfit(run, read.step(), e);
        }
    }

    /// The policy of a run with its normaliser, for one copy.
    ///
    /// @param checkpoint "latest", "best" or a step
    public RunPolicy policy(Path run, String checkpoint) throws IOException {
        StoredPlan stored = RunDirectory.describe(run);
        TrainedPolicy trained = read(run, stored, checkpoint);
        PlannedEnvironment environment = trained.plan().environment();
        if (environment.spec().image().isPresent()) {
            throw new UsageException("the policy of run " + run + " sees pictures, of which a robot has none");
        }
        Policy plain = trained.policy(environment, 1, 0);
        List<Object> parts = Stream
                .concat(Stream.of(plain, trained.plan().algorithmFactory()), trained.normalizer().stream()).toList();
        Policy policy = trained.normalizer().<Policy> map(
                normalizer -> new NormalizedPolicy(plain, normalizer, environment.spec().observation().size()))
                .orElse(plain);
        return new RunPolicy(run, trained.step(), policy, environment.spec(), manifest(run, stored, environment),
                parts);
    }

    /// What the policy was trained with counts, whatever is installed by now.
    private Optional<PolicyManifest> manifest(Path run, StoredPlan stored, PlannedEnvironment installed) {
        if (stored.manifest().isEmpty()) {
            return installed.manifest();
        }
        if (!stored.manifest().equals(installed.manifest())) {
            notes.accept("run " + run + " keeps to the manifest in its run.json; " + installed.info().name() + " of "
                    + installed.info().bundle() + " " + installed.info().version() + " has another one");
        }
        return stored.manifest();
    }

    /// An environment by name.
    PlannedEnvironment environment(String name, Map<String, String> settings) {
        return resolver.environment(name, settings);
    }
}
