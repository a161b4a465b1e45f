package dev.limber.study.run;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.plugin.UsageException;
import dev.limber.study.grid.Variant;
import dev.limber.study.runs.Evaluations;
import dev.limber.study.runs.RunFolder;
import dev.limber.study.table.ScoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Does pieces of work: trains a trial up to a step, from where its folder says it is, and scores it. Thread-safe.
final class TrialRunner {

    private static final String THREADS = "runner.threads";

    private final Experiments experiments;
    private final Evaluations evaluations;
    private final Device device;
    private final StudyProgress progress;
    private final Set<Experiment> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    TrialRunner(Experiments experiments, Evaluations evaluations, Device device, StudyProgress progress) {
        this.experiments = experiments;
        this.evaluations = evaluations;
        this.device = device;
        this.progress = progress;
    }

    boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
        running.forEach(Experiment::stop);
    }

    /// Trains and scores.
    ///
    /// @param steps where to train to
    /// @param further whether the run may have been trained further already, as it is where a search has gone on
    Outcome run(Trial trial, long steps, boolean further) {
        if (stopping) {
            return new Outcome.Stopped();
        }
        Outcome outcome = new Outcome.Stopped();
        try {
            Optional<RunFolder> before = before(trial.folder());
            progress.begin(trial, before.map(run -> Math.clamp(run.checkpointStep(), 0, steps)).orElse(0L));
            if (!further && before.isPresent() && before.get().steps() > steps) {
                throw new UsageException("its run was to take " + before.get().steps() + " steps, this study asks for "
                        + steps + "; name another folder for it");
            }
            outcome = trained(trial, before, steps) ? scored(trial, steps) : outcome;
        } catch (UsageException | ExperimentFailedException e) {
            outcome = new Outcome.Failed(trial, e.getMessage());
        } catch (IOException e) {
            outcome = new Outcome.Failed(trial, "its folder cannot be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) { // of a plug-in, in the evaluation; the other runs go on
            outcome = new Outcome.Failed(trial, e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            progress.end(trial, outcome, steps);
        }
        return outcome;
    }

    /// What is there of a trial. A folder without a checkpoint is a start that was killed: it goes, there is nothing to
    /// go on from.
    private static Optional<RunFolder> before(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (RunFolder.exists(folder)) {
            RunFolder run = RunFolder.read(folder);
            if (run.checkpointStep() >= 0) {
                return Optional.of(run);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return Optional.empty();
    }

    /// @return false where it was stopped before
    private boolean trained(Trial trial, Optional<RunFolder> before, long steps) throws InterruptedException {
        if (before.isPresent() && before.get().trained(steps)) {
            return true;
        }
        var listener = new ExperimentListener() {
            @Override
            public void progress(Experiment.Status status) {
                progress.step(trial, status.step());
            }
        };
        Experiment experiment = before.isPresent()
                ? experiments.resume(trial.folder(), steps, listener)
                : experiments.start(spec(trial, steps), listener);
        running.add(experiment);
        try {
            if (stopping) { // asked between the start and here
                experiment.stop();
            }
            return experiment.await().finished();
        } finally {
            running.remove(experiment);
        }
    }

    /// Every experiment steps its copies on one thread: the others have the other cores.
    private ExperimentSpec spec(Trial trial, long steps) {
        Variant variant = trial.variant();
        Map<String, String> settings = new LinkedHashMap<>(variant.settings());
        if (!settings.containsKey("threads")) {
            settings.putIfAbsent(THREADS, "1");
        }
        return new ExperimentSpec(variant.environment(), variant.algorithm(), settings, trial.seed(),
                OptionalLong.of(steps), variant.copies(), device, Optional.of(trial.folder()));
    }

    private Outcome scored(Trial trial, long steps) {
        Optional<Double> known = evaluations.find(trial.folder(), steps);
        RunFolder run = RunFolder.read(trial.folder());
        double score = known.isPresent() ? known.get() : evaluations.score(run);
        return Double.isFinite(score)
                ? new Outcome.Scored(trial, new ScoredRun(run, score))
                : new Outcome.Failed(trial, "its greedy policy's return is " + score);
    }
}
