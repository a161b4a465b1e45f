package dev.limber.experiment.plan;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.Device;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.experiment.PluginInfo;
import java.util.Optional;

/// What will run: everything found, checked and settled.
///
/// @param environment the environment
/// @param algorithm the algorithm's plug-in
/// @param algorithmFactory what builds it
/// @param algorithmOptions its options
/// @param normalizer the normaliser, where there is one
/// @param runner the runner's options
/// @param seed what all randomness comes from
/// @param steps environment steps to take
/// @param copies environment copies
/// @param threads threads that step them
/// @param device where to compute
public record Plan(PlannedEnvironment environment, PluginInfo algorithm, AlgorithmFactory algorithmFactory,
        OptionSet algorithmOptions, Optional<PlannedNormalizer> normalizer, OptionSet runner, long seed, long steps,
        int copies, int threads, Device device) {

    /// A normaliser with its options checked.
    ///
    /// @param info the plug-in
    /// @param factory what builds it
    /// @param options its options
    public record PlannedNormalizer(PluginInfo info, NormalizerFactory factory, OptionSet options) {}

    /// A view of the runner's options.
    public RunnerOptions runnerOptions() {
        return runner.options().as(RunnerOptions.class);
    }

    /// A new normaliser, where there is one.
    public Optional<Normalizer> createNormalizer() {
        return normalizer.map(planned -> planned.factory().create(environment.spec().observation(),
                planned.options().options()));
    }

    /// The plan with another number of steps.
    public Plan withSteps(long total) {
        return new Plan(environment, algorithm, algorithmFactory, algorithmOptions, normalizer, runner, seed, total,
                copies, threads, device);
    }
}
