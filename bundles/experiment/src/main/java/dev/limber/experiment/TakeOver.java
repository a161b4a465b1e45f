package dev.limber.experiment;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.loop.RunningExperiment;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.plan.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what a bundle that comes or goes means for an experiment, and has it done.
final class TakeOver {

    private final ServiceCatalog catalog;
    private final Arrival bundle;

    TakeOver(ServiceCatalog catalog, Arrival bundle) {
        this.catalog = catalog;
        this.bundle = bundle;
    }

    /// Has an experiment use what the bundle offers, where it uses something of that name. Every experiment uses all recorders.
    Verdict by(RunningExperiment experiment) throws InterruptedException {
        Optional<Plan.Part> lost = lost(experiment.plan());
        if (lost.isPresent()) {
            String reason = "it does not offer the " + lost.get() + ", which this experiment has from "
                    + lost.get().info().bundle() + " " + lost.get().info().version();
            experiment.refused(bundle, reason);
            return Verdict.refused(reason);
        }
        InstalledPlugins plugins = inUse(experiment).preferring(bundle.bundle());
        Verdict recorded = record(experiment, true, plugins);
        if (!recorded.accepted() || !experiment.waiting() && !concerns(experiment.plan())) {
            return recorded;
        }
        Verdict verdict = takeOver(experiment, plugins);
        if (!verdict.accepted()) {
            record(experiment, false, catalog.plugins().without(bundle.bundle()));
        }
        return verdict;
    }

    /// What an experiment has from the version before and this one does not offer: the other would go, and be used still.
    private Optional<Plan.Part> lost(Plan plan) {
        return plan.parts().stream().filter(part -> part.info().bundle().equals(bundle.name())
                && !catalog.plugins().names(part.info().kind(), bundle.bundle()).contains(part.info().name()))
                .findFirst();
    }

    private Verdict takeOver(RunningExperiment experiment, InstalledPlugins plugins) throws InterruptedException {
        try {
            return experiment.takeOver(bundle, plan -> resolver(plugins).restore(withNewRewards(plan)));
        } catch (RuntimeException | Error thrown) { // out of the plug-in, or about it
            if (experiment.waiting()) {
                return Verdict.ACCEPTED; // it goes on waiting
            }
            String reason = thrown instanceof UsageException && thrown.getMessage() != null
                    ? thrown.getMessage()
                    : thrown.toString().lines().findFirst().orElse("").replaceFirst("^[\\w.]+\\.", "");
            experiment.refused(bundle, reason);
            return Verdict.refused(reason);
        }
    }

    /// Has an experiment record by the recorders of `plugins`, where those of the bundle come or go.
    private Verdict record(RunningExperiment experiment, boolean arriving, InstalledPlugins plugins)
            throws InterruptedException {
        Set<String> names = catalog.plugins().names(PluginKind.RECORDERS, bundle.bundle());
        return names.isEmpty()
                ? Verdict.ACCEPTED
                : experiment.record(bundle, "recorder " + String.join(", ", names),
                        arriving,
                        plugins.factories(PluginKind.RECORDERS, RecorderFactory.class));
    }

    /// Has an experiment go on without what the bundle offers: with others of those names, or not until there are such.
    void undo(RunningExperiment experiment) throws InterruptedException {
        record(experiment, false, catalog.plugins().without(bundle.bundle()));
        List<Plan.Part> used = experiment.plan().parts().stream()
                .filter(part -> catalog.plugins().offers(bundle.bundle(), part.factory())).toList();
        if (used.isEmpty()) {
            return;
        }
        InstalledPlugins plugins = inUse(experiment).without(bundle.bundle());
        Verdict verdict;
        try {
            verdict = experiment.takeOver(successor(used.getFirst().info(), plugins),
                    plan -> resolver(plugins).restore(StoredPlan.of(plan)));
        } catch (UsageException nothingElse) {
            verdict = Verdict.refused(nothingElse.getMessage());
        }
        if (!verdict.accepted()) {
            experiment.release(bundle, used.stream().map(Plan.Part::toString).collect(Collectors.joining(", ")));
        }
    }

    /// The bundle that takes the place of this one.
    private Arrival successor(PluginInfo gone, InstalledPlugins others) {
        return catalog.origin(others.find(gone.kind(), Object.class, gone.name()));
    }

    /// The plug-ins, with those that an experiment uses first: others may have arrived at the same time, and a bundle must
    /// not be judged by them.
    private InstalledPlugins inUse(RunningExperiment experiment) {
        return catalog.plugins().preferring(experiment.plan().parts().stream().map(Plan.Part::factory).toList());
    }

    private PlanResolver resolver(InstalledPlugins plugins) {
        return new PlanResolver(plugins, catalog.runnerOptions());
    }

    private boolean concerns(Plan plan) {
        InstalledPlugins plugins = catalog.plugins();
        return plugins.names(PluginKind.ENVIRONMENTS, bundle.bundle()).contains(plan.environment().info().name())
                || plugins.names(PluginKind.ALGORITHMS, bundle.bundle()).contains(plan.algorithm().name())
                || plan.normalizer().filter(part -> plugins.names(PluginKind.NORMALIZERS, bundle.bundle())
                        .contains(part.info().name())).isPresent()
                || plan.environment().spec().rewardTerms().stream()
                        .anyMatch(term -> plugins.names(PluginKind.REWARDS, bundle.bundle()).contains(term.name()))
                || !plugins.names(PluginKind.ENGINES, bundle.bundle()).isEmpty();
    }

    /// The plan, in which new rewards take the place of the environment's terms of their names.
    private StoredPlan withNewRewards(Plan plan) {
        PlannedEnvironment environment = plan.environment();
        StoredPlan stored = StoredPlan.of(plan);
        for (String name : catalog.plugins().names(PluginKind.REWARDS, bundle.bundle())) {
            boolean term = environment.spec().rewardTerms().stream().map(RewardTerm::name).anyMatch(name::equals);
            boolean there = environment.rewards().stream().anyMatch(reward -> reward.info().name().equals(name));
            if (term && !there && fits(name, environment)) {
                stored = stored.withReward(name);
            }
        }
        return stored;
    }

    /// False where a reward is meant for other environments.
    private boolean fits(String name, PlannedEnvironment environment) {
        RewardFactory factory = catalog.plugins().preferring(bundle.bundle())
                .find(PluginKind.REWARDS, RewardFactory.class, name).factory();
        try {
            factory.create(environment.numbers(), Options.defaults()).close();
            return true;
        } catch (UsageException meantForOthers) {
            return false;
        }
    }
}
