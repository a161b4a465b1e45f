package dev.limber.experiment.plan;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.Device;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.experiment.PluginInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /// A part of a plan that a plug-in builds.
    ///
    /// @param kind what it is, for the user
    /// @param info the plug-in
    /// @param factory what builds it
    public record Part(String kind, PluginInfo info, Object factory) {

        private boolean same(Part other) {
            return toString().equals(other.toString());
        }

        @Override
        public String toString() {
            return kind + " " + info.name();
        }
    }

    /// All parts, in the order in which they are built.
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(new Part("environment", environment.info(), environment.factory()));
        environment.rewards().forEach(each -> parts.add(new Part("reward", each.info(), each.factory())));
        normalizer.ifPresent(each -> parts.add(new Part("normalizer", each.info(), each.factory())));
        parts.add(new Part("algorithm", algorithm, algorithmFactory));
        return parts;
    }

    /// True where the same plug-ins build all parts.
    public boolean samePlugins(Plan other) {
        return changed(other).isEmpty();
    }

    private List<Part> changed(Plan other) {
        List<Part> theirs = other.parts();
        return Stream.concat(
                theirs.stream().filter(part -> parts().stream()
                        .noneMatch(each -> each.same(part) && each.factory() == part.factory())),
                parts().stream().filter(part -> theirs.stream().noneMatch(part::same))).toList();
    }

    /// Which parts another plan has from other plug-ins, or not at all: "algorithm a2c".
    public String differences(Plan other) {
        return changed(other).stream().map(Part::toString).collect(Collectors.joining(", "));
    }

    /// Where the parts that another plan has from other plug-ins, or not at all, come from in this one:
    /// "dev.limber.algorithms.a2c 0.1.0".
    public String versions(Plan other) {
        List<String> names = changed(other).stream().map(Part::toString).toList();
        return parts().stream().filter(part -> names.contains(part.toString()))
                .map(part -> part.info().bundle() + " " + part.info().version()).distinct()
                .collect(Collectors.joining(", "));
    }

    /// The plan with another environment.
    public Plan with(PlannedEnvironment other) {
        return new Plan(other, algorithm, algorithmFactory, algorithmOptions, normalizer, runner, seed, steps, copies,
                threads, device);
    }

    /// The plan without its plug-ins: names, options and numbers alone.
    public Plan detached() {
        return new Plan(environment.detached(), algorithm, Departed.PLUGIN, algorithmOptions,
                normalizer.map(part -> new PlannedNormalizer(part.info(), Departed.PLUGIN, part.options())), runner,
                seed, steps, copies, threads, device);
    }

    /// The plan with another number of steps.
    public Plan withSteps(long total) {
        return new Plan(environment, algorithm, algorithmFactory, algorithmOptions, normalizer, runner, seed, total,
                copies, threads, device);
    }
}
