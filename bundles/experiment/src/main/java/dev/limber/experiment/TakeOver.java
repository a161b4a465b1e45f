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
import dev.limber.experiment.loop.Successor;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.plan.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out what a bundle that comes or goes means for an experiment, and has it done.
///
/// Others may come and go at the same time. So what an experiment is to have is worked out from the plan that it has at that
/// moment, again whenever it has another one, and from what can be had then.
final class TakeOver {

    private final ServiceCatalog catalog;
    private final InstalledPlugins plugins;
    private final Arrival bundle;

    TakeOver(ServiceCatalog catalog, Arrival bundle) {
        this.catalog = catalog;
        plugins = catalog.plugins();
        this.bundle = bundle;
    }

    /// Has an experiment use what the bundle offers, where it uses something of that name. Every experiment uses all recorders.
    Verdict by(RunningExperiment experiment) throws InterruptedException {
        Optional<Plan.Part> dropped = experiment.waiting() ? Optional.empty() : dropped(experiment.plan());
        if (dropped.isPresent()) {
            String reason = "it does not offer the " + dropped.get() + ", which this experiment has from "
                    + dropped.get().info().bundle() + " " + dropped.get().info().version();
            experiment.refused(bundle, reason);
            return Verdict.refused(reason);
        }
        Verdict recorded = record(experiment, true, plugins.preferring(bundle.bundle()));
        return recorded.accepted() && concerns(experiment.plan()) ? takeOver(experiment) : recorded;
    }

    /// What an experiment has from the version before and this one does not offer: the other would go, and be used still.
    private Optional<Plan.Part> dropped(Plan plan) {
        return plan.parts().stream().filter(part -> part.info().bundle().equals(bundle.name()) && !offers(part.info()))
                .findFirst();
    }

    private boolean offers(PluginInfo info) {
        return offers(info.kind(), info.name());
    }

    private boolean offers(PluginKind kind, String name) {
        return plugins.names(kind, bundle.bundle()).contains(name);
    }

    private boolean concerns(Plan plan) {
        return plugins.engine(bundle.bundle()) || plan.parts().stream().anyMatch(part -> offers(part.info()))
                || plan.environment().spec().rewardTerms().stream()
                        .anyMatch(term -> offers(PluginKind.REWARDS, term.name()));
    }

    private Verdict takeOver(RunningExperiment experiment) throws InterruptedException {
        Verdict verdict;
        try {
            verdict = experiment.takeOver(plan -> new Successor(bundle,
                    resolver(inUse(plan).preferring(bundle.bundle())).restore(withNewRewards(plan))));
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
        // One that waits, and that something else keeps from going on, has nothing against this bundle.
        return experiment.waiting() && experiment.missing().stream().noneMatch(this::offers)
                ? Verdict.ACCEPTED
                : verdict;
    }

    /// Has an experiment record by the recorders of `others`, where those of the bundle come or go.
    private Verdict record(RunningExperiment experiment, boolean arriving, InstalledPlugins others)
            throws InterruptedException {
        Set<String> names = plugins.names(PluginKind.RECORDERS, bundle.bundle());
        return names.isEmpty()
                ? Verdict.ACCEPTED
                : experiment.record(bundle, "recorder " + String.join(", ", names), arriving,
                        others.factories(PluginKind.RECORDERS, RecorderFactory.class));
    }

    /// Has an experiment go on without what the bundle offers: with others of those names, or not until there are such. What
    /// waits may go on with what is there in place of the bundle, too.
    void undo(RunningExperiment experiment) throws InterruptedException {
        record(experiment, false, plugins);
        if (lost(experiment.plan()).isEmpty()) {
            return;
        }
        Verdict verdict;
        try {
            verdict = experiment.takeOver(this::without);
        } catch (UsageException nothingElse) {
            verdict = Verdict.refused(nothingElse.getMessage());
        }
        if (!verdict.accepted()) {
            experiment.release(bundle, this::lost);
        }
    }

    /// The parts that cannot be had any more, because of the bundle: they come from it, or may stand on an engine of it.
    private List<Plan.Part> lost(Plan plan) {
        return plan.parts().stream()
                .filter(part -> !plugins.has(part.factory()) && (plugins.offers(bundle.bundle(), part.factory())
                        || part.info().bundle().equals(bundle.name()) || plugins.engine(bundle.bundle())))
                .toList();
    }

    /// The plan without what is lost. The environment's own terms come back where rewards have taken their place unasked.
    private Successor without(Plan plan) {
        InstalledPlugins others = inUse(plan);
        Set<String> rewards = others.factories(PluginKind.REWARDS, RewardFactory.class).keySet();
        Plan next = resolver(others).restore(StoredPlan.of(plan).withoutLostRewards(rewards::contains));
        List<String> lost = lost(plan).stream().map(Plan.Part::toString).toList();
        PluginInfo heir = next.parts().stream().filter(part -> lost.contains(part.toString())).map(Plan.Part::info)
                .findFirst().orElse(next.environment().info());
        return new Successor(catalog.origin(others.find(heir.kind(), Object.class, heir.name())), next);
    }

    /// The plug-ins, with those of a plan first: others may have arrived at the same time, and a bundle must not be judged by
    /// them.
    private InstalledPlugins inUse(Plan plan) {
        return plugins.preferring(plan.parts().stream().map(Plan.Part::factory).toList());
    }

    private PlanResolver resolver(InstalledPlugins available) {
        return new PlanResolver(available, catalog.runnerOptions());
    }

    /// The plan, in which new rewards take the place of the environment's terms of their names.
    private StoredPlan withNewRewards(Plan plan) {
        PlannedEnvironment environment = plan.environment();
        StoredPlan stored = StoredPlan.of(plan);
        for (String name : plugins.names(PluginKind.REWARDS, bundle.bundle())) {
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
        RewardFactory factory = plugins.preferring(bundle.bundle())
                .find(PluginKind.REWARDS, RewardFactory.class, name).factory();
        try {
            factory.create(environment.numbers(), Options.defaults()).close();
            return true;
        } catch (UsageException meantForOthers) {
            return false;
        }
    }
}
