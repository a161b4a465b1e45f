package dev.limber.study.run;

import dev.limber.api.experiment.Experiments;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.study.Comparison;
import dev.limber.api.study.Study;
import dev.limber.api.study.StudyListener;
import dev.limber.study.grid.Search;
import dev.limber.study.grid.SearchPlan.Round;
import dev.limber.study.grid.StudyPlan;
import dev.limber.study.grid.Variant;
import dev.limber.study.runs.Evaluations;
import dev.limber.study.statistics.InterquartileMean;
import dev.limber.study.table.Group;
import dev.limber.study.table.Report;
import dev.limber.study.table.RunGroups;
import dev.limber.study.table.ScoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A study on threads of its own: one that hands out the work and writes the results, and one for each experiment at a
/// time, which starts it, waits for it and plays its policy.
public final class RunningStudy implements Study {

    private final StudyPlan plan;
    private final Path folder;
    private final StudyListener listener;
    private final StudyProgress progress;
    private final TrialRunner runner;
    private final ExecutorService workers;
    private final CompletableFuture<Result> ended = new CompletableFuture<>();
    private final List<String> failures = new ArrayList<>();

    private RunningStudy(StudyPlan plan, Path folder, int parallel, Experiments experiments,
            StudyListener listener) {
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
        progress = new StudyProgress(listener, plan.steps(), plan.pieces());
        runner = new TrialRunner(experiments, new Evaluations(experiments, plan.episodes()), plan.device(), progress);
        workers = Executors.newFixedThreadPool(parallel,
                Thread.ofPlatform().name("limber-study-", 1).daemon(true).factory());
    }

    /// Starts it.
    ///
    /// @param folder of the study, which exists and is held by the caller until the study has ended
    /// @param parallel experiments at a time
    /// @param whenEnded what to do then
    public static RunningStudy start(StudyPlan plan, Path folder, int parallel, Experiments experiments,
            StudyListener listener, Runnable whenEnded) {
        var study = new RunningStudy(plan, folder, parallel, experiments, listener);
        Thread.ofPlatform().name("limber-study").daemon(true).start(() -> study.run(whenEnded));
        return study;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Status status() {
        return progress.status();
    }

    @Override
    public void stop() {
        runner.stop();
    }

    @Override
    public Result await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UsageException usage) {
                throw usage;
            }
            throw new IllegalStateException("the study failed: " + e.getCause(), e.getCause());
        }
    }

    private void run(Runnable whenEnded) {
        Result result = null;
        Throwable failure = null;
        try {
            result = plan.searches().isEmpty() ? grid() : search();
        } catch (IOException e) {
            failure = new UsageException("the results in " + folder + " cannot be written: " + e.getMessage());
        } catch (Throwable thrown) { // await() throws it
            failure = thrown;
        }
        workers.shutdown();
        whenEnded.run();
        if (failure == null) {
            ended.complete(result);
        } else {
            ended.completeExceptionally(failure);
        }
    }

    private Result grid() throws IOException, InterruptedException {
        Map<Variant, List<ScoredRun>> scored = train(plan.variants(), 0, false);
        List<Group> groups = scored.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> group(entry.getKey(), entry.getValue(), Map.of())).toList();
        return result(Report.write(groups, plan.episodes(), "", folder));
    }

    private Result search() throws IOException, InterruptedException {
        List<Group> groups = new ArrayList<>();
        var best = new StringBuilder();
        for (Search search : plan.searches()) {
            List<Group> tried = search(search);
            groups.addAll(tried);
            if (!runner.stopping() && !tried.isEmpty()) {
                best.append(BestSettings.markdown(search, tried.getFirst(), plan.seeds()));
            }
        }
        return result(Report.write(groups, plan.episodes(), best.toString(), folder));
    }

    /// @return the best first
    private List<Group> search(Search search) throws InterruptedException {
        List<Group> out = new ArrayList<>();
        List<Variant> left = search.settings();
        int rounds = search.plan().rounds().size();
        for (int i = 0; i < rounds; i++) {
            Round round = search.plan().rounds().get(i);
            left = left.subList(0, Math.min(round.settings(), left.size()));
            Map<Variant, List<ScoredRun>> scored = train(left, round.steps(), true);
            // Settings that failed with a seed go: their scores could not be compared.
            List<Map.Entry<Variant, List<ScoredRun>>> ranking = scored.entrySet().stream()
                    .filter(entry -> entry.getValue().size() == plan.seeds().size())
                    .sorted(Comparator.comparingDouble(
                            (Map.Entry<Variant, List<ScoredRun>> entry) -> -score(entry.getValue())))
                    .toList();
            boolean last = i == rounds - 1 || runner.stopping();
            int kept = last ? 0 : Math.min(search.plan().rounds().get(i + 1).settings(), ranking.size());
            List<Group> dropped = ranking.subList(kept, ranking.size()).stream()
                    .map(entry -> group(entry.getKey(), entry.getValue(),
                            Map.of("steps", Long.toString(round.steps()))))
                    .toList();
            out.addAll(0, dropped); // those that were dropped later did better
            if (last || kept == 0) {
                break;
            }
            left = ranking.subList(0, kept).stream().map(Map.Entry::getKey).toList();
            if (rounds > 1) {
                listener.note("round " + (i + 1) + " of " + rounds + ": " + kept + " of " + scored.size()
                        + " settings go on, the best is " + left.getFirst().label());
            }
        }
        return out;
    }

    private static double score(List<ScoredRun> runs) {
        return InterquartileMean
                .of(runs.stream().mapToDouble(ScoredRun::score).toArray());
    }

    private Group group(Variant variant, List<ScoredRun> runs, Map<String, String> more) {
        var options = new LinkedHashMap<>(variant.varied());
        options.putAll(more);
        return new Group(variant.environment(), variant.algorithm(), options, runs);
    }

    /// Trains and scores every variant with every seed, all variants' first seeds first.
    ///
    /// @param steps where to train to; 0 for each variant's own
    /// @return what has been scored, in the order of the variants, then of the seeds
    private Map<Variant, List<ScoredRun>> train(List<Variant> variants, long steps, boolean further)
            throws InterruptedException {
        Map<Variant, List<ScoredRun>> scored = new LinkedHashMap<>();
        variants.forEach(variant -> scored.put(variant, new ArrayList<>()));
        List<Future<Outcome>> work = new ArrayList<>();
        for (long seed : plan.seeds()) {
            for (Variant variant : variants) {
                var trial = new Trial(variant, seed, folder.resolve("runs").resolve(variant.folder(seed)));
                work.add(workers.submit(() -> tell(runner.run(trial, steps == 0 ? variant.steps() : steps, further))));
            }
        }
        for (Future<Outcome> piece : work) {
            try {
                switch (piece.get()) {
                    case Outcome.Scored done -> scored.get(done.trial().variant()).add(done.run());
                    case Outcome.Failed failed -> failures.add(failed.trial().label() + ": " + failed.message());
                    case Outcome.Stopped stopped -> {
                        // goes on the next time
                    }
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return scored;
    }

    private Outcome tell(Outcome outcome) {
        switch (outcome) {
            case Outcome.Scored done -> listener.note(String.format(Locale.ROOT, "%s: %.1f",
                    done.trial().label(), done.run().score()));
            case Outcome.Failed failed -> listener.note(failed.trial().label() + " failed: " + failed.message());
            case Outcome.Stopped stopped -> {
                // told once for all
            }
        }
        return outcome;
    }

    private Result result(Comparison comparison) {
        return new Result(!runner.stopping() || progress.status().waiting() == 0, failures, comparison);
    }
}
