package dev.limber.experiment;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.PluginUser;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.Filming;
import dev.limber.api.experiment.Playback;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.loop.Origin;
import dev.limber.experiment.loop.RunningExperiment;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.play.Evaluator;
import dev.limber.experiment.play.PlayedRun;
import dev.limber.experiment.play.Rollout;
import dev.limber.experiment.play.RunReader;
import dev.limber.experiment.play.TrainingFilms;
import dev.limber.experiment.run.PlainReason;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/// Runs experiments in this process.
@Component(service = {Experiments.class, PluginUser.class})
public final class LocalExperiments implements Experiments, PluginUser {

    private final ServiceCatalog catalog;
    private final Set<RunningExperiment> running = ConcurrentHashMap.newKeySet();
    private final Set<PlayedRun> played = ConcurrentHashMap.newKeySet();
    /// Read while an experiment starts: who asks what runs must not miss one that has chosen its plug-ins already.
    private final ReadWriteLock starting = new ReentrantReadWriteLock();

    /// Experiments made of what is in the catalogue.
    @Activate
    public LocalExperiments(@Reference ServiceCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Experiment start(ExperimentSpec spec, ExperimentListener listener) {
        starting.readLock().lock();
        try {
            Plan plan = resolver().resolve(spec);
            Path path = spec.run().orElseGet(() -> RunDirectory.defaultPath(plan));
            RunDirectory.requireAbsent(path);
            TrainingFilms.check(plan.runnerOptions(), plan.environment());
            return track(RunningExperiment.start(spec, plan, path, new Origin.New(path), listener, recorders()));
        } finally {
            starting.readLock().unlock();
        }
    }

    @Override
    public Experiment resume(Path run, long steps, ExperimentListener listener) {
        starting.readLock().lock();
        try {
            StoredPlan stored = RunDirectory.describe(run);
            Plan before = resolver().restore(stored);
            Plan plan = steps > 0 ? before.withSteps(steps) : before;
            TrainingFilms.check(plan.runnerOptions(), plan.environment());
            RunDirectory directory = RunDirectory.open(run);
            Checkpoint checkpoint;
            try {
                checkpoint = directory.checkpoints().newest(listener::note)
                        .orElseThrow(() -> new UsageException("run " + run + " has no whole checkpoint to go on from"));
                requireStepsLeft(run, plan, steps, checkpoint);
                noteOtherVersions(stored, plan, listener);
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
            return track(RunningExperiment.start(spec(plan, run), plan, run, new Origin.Resumed(directory, checkpoint),
                    listener, recorders()));
        } catch (IOException e) {
            throw new UsageException("run " + run + " cannot be read: " + PlainReason.of(e));
        } finally {
            starting.readLock().unlock();
        }
    }

    @Override
    public List<Experiment> running() {
        return List.copyOf(running);
    }

    private static void requireStepsLeft(Path run, Plan plan, long wanted, Checkpoint checkpoint) {
        if (wanted > 0 && wanted < checkpoint.step()) {
            throw new UsageException(
                    String.format(Locale.ROOT, "run %s has already taken %,d steps, more than %,d", run,
                            checkpoint.step(), wanted));
        }
        if (plan.steps() <= checkpoint.step()) {
            throw new UsageException("run " + run + " has taken " + checkpoint.step() + " of " + plan.steps()
                    + " steps; name a larger total to go on");
        }
    }

    private static void noteOtherVersions(StoredPlan stored, Plan plan, ExperimentListener listener) {
        var now = new LinkedHashMap<String, String>();
        plan.parts().forEach(part -> now.put(part.info().bundle(), part.info().version()));
        stored.versions().forEach((bundle, version) -> {
            String other = now.getOrDefault(bundle, "none");
            if (!other.equals(version)) {
                listener.note("the run was made with " + bundle + " " + version + " and goes on with " + other);
            }
        });
    }

    /// What was asked for, as a run's description tells it.
    private static ExperimentSpec spec(Plan plan, Path run) {
        return new ExperimentSpec(plan.environment().info().name(), plan.algorithm().name(), Map.of(), plan.seed(),
                OptionalLong.of(plan.steps()), OptionalInt.of(plan.copies()), plan.device(), Optional.of(run));
    }

    @Override
    public Evaluation evaluate(EvaluationSpec spec, ExperimentListener listener) {
        return evaluate(spec, Optional.empty(), listener);
    }

    @Override
    public Evaluation evaluate(EvaluationSpec spec, Filming filming, ExperimentListener listener) {
        return evaluate(spec, Optional.of(filming), listener);
    }

    private Evaluation evaluate(EvaluationSpec spec, Optional<Filming> filming, ExperimentListener listener) {
        try {
            return new Evaluator(new RunReader(resolver(), listener::note)).evaluate(spec, filming);
        } catch (IOException e) {
            throw new UsageException("run " + spec.run() + " cannot be read: " + PlainReason.of(e));
        }
    }

    @Override
    public long rollout(RolloutSpec spec, ExperimentListener listener) {
        try {
            return new Rollout(new RunReader(resolver(), listener::note)).roll(spec);
        } catch (IOException e) {
            throw new UsageException("the rollout to " + spec.out() + " failed: " + PlainReason.of(e));
        }
    }

    @Override
    public RunPolicy policy(Path run, String checkpoint, ExperimentListener listener) {
        try {
            return new RunReader(resolver(), listener::note).policy(run, checkpoint);
        } catch (IOException e) {
            throw new UsageException("run " + run + " cannot be read: " + PlainReason.of(e));
        }
    }

    @Override
    public Playback play(Path run, int copies, ExperimentListener listener) {
        played.removeIf(each -> !each.playing());
        // Plug-ins may change while it plays, so it asks anew for every cast.
        PlayedRun playing = PlayedRun.start(() -> new RunReader(resolver(), listener::note), run, copies,
                listener::note);
        played.add(playing);
        return playing;
    }

    @Override
    public Verdict takeOver(Arrival arrival) throws InterruptedException {
        catalog.deployed(arrival);
        for (RunningExperiment experiment : allRunning()) {
            Verdict verdict = new TakeOver(catalog, arrival).by(experiment);
            if (!verdict.accepted()) {
                return verdict;
            }
        }
        played.forEach(PlayedRun::recast);
        return Verdict.ACCEPTED;
    }

    @Override
    public void release(Arrival departing) throws InterruptedException {
        catalog.plugins().bar(departing.bundle()); // what starts from now on does without it
        for (RunningExperiment experiment : allRunning()) {
            new TakeOver(catalog, departing).undo(experiment);
        }
        played.forEach(PlayedRun::recast);
    }

    /// What runs, with what is starting now. A paused one answers when it goes on, which must not keep the others from it: it
    /// comes last.
    private List<RunningExperiment> allRunning() throws InterruptedException {
        starting.writeLock().lockInterruptibly();
        try {
            return running.stream()
                    .sorted(Comparator.comparing(experiment -> experiment.status().phase() == Phase.PAUSED)).toList();
        } finally {
            starting.writeLock().unlock();
        }
    }

    @Override
    public void tell(String line) {
        running.forEach(experiment -> experiment.note(line));
    }

    /// Stops what still runs, with a checkpoint each, before the bundles that it stands on go.
    @Deactivate
    void stopAll() {
        played.forEach(PlayedRun::close);
        for (RunningExperiment experiment : running) {
            experiment.stop();
        }
        for (RunningExperiment experiment : running) {
            experiment.awaitEnd();
        }
    }

    private Experiment track(RunningExperiment experiment) {
        running.add(experiment);
        experiment.whenEnded(() -> running.remove(experiment));
        return experiment;
    }

    private PlanResolver resolver() {
        return new PlanResolver(catalog.plugins(), catalog.runnerOptions());
    }

    private Map<String, RecorderFactory> recorders() {
        return catalog.plugins().factories(PluginKind.RECORDERS, RecorderFactory.class);
    }
}
