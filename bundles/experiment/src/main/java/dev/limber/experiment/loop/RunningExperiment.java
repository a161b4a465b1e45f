package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.plan.SpaceFit;
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.play.EpisodePlayer;
import dev.limber.experiment.play.TrainingFilms;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.PlainReason;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/// One experiment on a thread of its own, which builds, steps, saves and closes everything. Whatever is asked for happens
/// between two iterations of the algorithm.
public final class RunningExperiment implements Experiment {

    private static final String SCHEMA = "dev.limber.experiment.runner";
    private static final long EVALUATION_STREAM = 3;
    private static final long PUBLISH_NANOS = 100_000_000;
    private static final long JUDGEMENTS = 20;
    private static final long MOST_JUDGE_STEPS = 1_000_000;

    private final ExperimentSpec spec;
    private final Path path;
    private final RunnerOptions options;
    private final ExperimentListener listener;
    private final List<RecorderFactory> recorderFactories;
    private final Requests requests = new Requests();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Result> ended = new CompletableFuture<>();
    private final List<String> earlyNotes = new ArrayList<>();
    private final Clock clock = new Clock();
    private final long judgeSteps;
    private volatile Plan plan;
    private volatile boolean waiting;
    private volatile Status status;

    // Everything below belongs to the experiment's thread.
    private TrainingParts parts;
    private EpisodeStatistics statistics;
    private boolean savingMoves;
    private Optional<Probation> probation = Optional.empty();
    private Optional<TrainingFilms> films = Optional.empty();
    private Optional<State> safe = Optional.empty();
    private RunDirectory directory;
    private RecorderThread recorders;
    private Optional<Metric> evaluationReturn = Optional.empty();
    private Optional<Metric> evaluationLength = Optional.empty();
    private double bestScore = Double.NaN;
    private long lastCheckpointStep = -1;
    private long lastCheckpointNanos;
    private boolean thresholdNoted;
    private long publishedStep;
    private double publishedSeconds;

    private RunningExperiment(ExperimentSpec spec, Plan plan, Path path, ExperimentListener listener,
            List<RecorderFactory> recorderFactories) {
        this.spec = spec;
        this.plan = plan;
        this.path = path;
        this.listener = listener;
        this.recorderFactories = recorderFactories;
        options = plan.runnerOptions();
        long rows = Math.min(plan.steps() / JUDGEMENTS, MOST_JUDGE_STEPS) / options.logSteps();
        judgeSteps = Math.max(1, rows) * options.logSteps();
        status = new Status(Phase.RUNNING, 0, plan.steps(), 0, Double.NaN, 0, 0);
    }

    /// Starts an experiment, and returns when all its parts have been built and its directory is there.
    ///
    /// @throws UsageException where its parts do not fit; nothing has been written then
    public static RunningExperiment start(ExperimentSpec spec, Plan plan, Path path, Origin origin,
            ExperimentListener listener, List<RecorderFactory> recorderFactories) {
        var experiment = new RunningExperiment(spec, plan, path, listener, recorderFactories);
        Thread.ofPlatform().name("limber-" + plan.environment().info().name() + "-" + plan.algorithm().name())
                .daemon(true).start(() -> experiment.run(origin));
        try {
            experiment.opened.get();
            return experiment;
        } catch (InterruptedException e) {
            experiment.stop();
            Thread.currentThread().interrupt();
            throw new ExperimentFailedException("the start of " + path + " was interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UsageException usage -> throw usage;
                case IOException io ->
                        throw new UsageException("run " + path + " cannot be written: " + PlainReason.of(io));
                default -> throw new ExperimentFailedException(plan.algorithm().name() + " in "
                        + plan.environment().info().name() + " could not be built: " + oneLine(e.getCause()),
                        e.getCause());
            }
        }
    }

    @Override
    public ExperimentSpec spec() {
        return spec;
    }

    @Override
    public Path run() {
        return path;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void pause() {
        requests.pause(true);
    }

    @Override
    public void proceed() {
        requests.pause(false);
    }

    @Override
    public void checkpoint() {
        requests.checkpoint();
    }

    @Override
    public void stop() {
        requests.stop();
    }

    @Override
    public void weighReward(String term, double weight) {
        plan.environment().weigh(term, weight); // refuses what cannot be
        requests.change(new Change.Weigh(term, weight, new CompletableFuture<>()));
    }

    /// What runs. Any thread.
    public Plan plan() {
        return plan;
    }

    /// True where a plug-in that is needed has been removed. Any thread.
    public boolean waiting() {
        return waiting;
    }

    /// Changes over to other plug-ins and waits until they have proved themselves or been given up. Not the experiment's
    /// thread.
    ///
    /// @param anew makes the plan with the new plug-ins out of the one that runs
    /// @throws UsageException of `anew`
    public Verdict takeOver(Arrival origin, UnaryOperator<Plan> anew) throws InterruptedException {
        while (true) {
            Plan basis = plan;
            Plan next = anew.apply(basis);
            if (!waiting && basis.samePlugins(next)) {
                return Verdict.ACCEPTED;
            }
            var swap = new Change.Swap(basis, next, origin, new CompletableFuture<>());
            requests.change(swap);
            Optional<Verdict> answer = answer(swap);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /// Gives up plug-ins, keeps the state, and waits for others. Not the experiment's thread.
    ///
    /// @param what which ones, for the user
    public void release(Arrival origin, String what) throws InterruptedException {
        Change.Release release;
        do {
            release = new Change.Release(plan, what, origin, new CompletableFuture<>());
            requests.change(release);
        } while (answer(release).isEmpty());
    }

    private static Optional<Verdict> answer(Change change) throws InterruptedException {
        try {
            return change.answer().get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    @Override
    public Result await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExperimentFailedException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Runs `action` when the experiment has ended, for whatever reason; at once where it has.
    public void whenEnded(Runnable action) {
        ended.whenComplete((result, failure) -> action.run());
    }

    /// Waits until the experiment has ended, for whatever reason.
    public void awaitEnd() {
        ended.handle((result, failure) -> true).join();
    }

    private void run(Origin origin) {
        try {
            open(origin);
        } catch (Throwable thrown) { // start() throws it
            closeAll(thrown);
            opened.completeExceptionally(thrown);
            return;
        }
        opened.complete(null);
        Optional<Result> result = Optional.empty();
        Optional<Throwable> failure = Optional.empty();
        try {
            result = Optional.of(loop());
        } catch (Throwable thrown) { // await() throws it
            failure = Optional.of(thrown);
            journalFailure(thrown);
        }
        closeAll(failure.orElseGet(Throwable::new));
        requests.end();
        if (failure.isPresent()) {
            publish(Phase.FAILED);
            ended.completeExceptionally(new ExperimentFailedException(failureMessage(failure.get()), failure.get()));
        } else {
            publish(result.get().finished() ? Phase.FINISHED : Phase.STOPPED);
            ended.complete(result.get());
        }
    }

    private void open(Origin origin) throws IOException {
        try {
            use(new TrainingParts(plan, this::note));
            origin.checkpoint().ifPresent(this::restore);
            directory = origin.open(plan);
        } catch (Throwable thrown) {
            if (origin instanceof Origin.Resumed resumed) {
                resumed.directory().close();
            }
            throw thrown;
        }
        long step = statistics.steps();
        var opening = new ArrayList<Recorder>();
        try {
            for (RecorderFactory factory : recorderFactories) {
                opening.add(factory.open(path, step));
            }
            recorders = new RecorderThread(opening, this::note);
            if (origin.checkpoint().isPresent()) {
                if (!directory.checkpoints().removeBeyond(step)) {
                    bestScore = Double.NaN;
                }
                journal("resumed", Map.of("steps", plan.steps(), "process", ProcessHandle.current().pid()));
            } else {
                journal("started", Map.of("environment", plan.environment().info().name(), "algorithm",
                        plan.algorithm().name(), "seed", plan.seed(), "steps", plan.steps(), "process",
                        ProcessHandle.current().pid()));
            }
            for (String note : earlyNotes) {
                journal("note", Map.of("message", note));
            }
            clock.start();
            if (origin.checkpoint().isEmpty()) {
                writeCheckpoint(parts.saveEnvironment()); // so that there is something to go on from at once
            }
        } catch (IOException | RuntimeException e) {
            if (recorders == null) {
                for (Recorder recorder : opening) {
                    recorder.close();
                }
            }
            if (origin instanceof Origin.New) {
                closeAll(e);
                RunDirectory.delete(path);
            }
            throw e;
        }
        lastCheckpointNanos = System.nanoTime();
        if (options.videoEvery() > 0) {
            films = Optional.of(new TrainingFilms(path.resolve("videos"), this::note));
        }
    }

    /// Runs with these parts from now on.
    private void use(TrainingParts others) {
        parts = others;
        plan = others.plan();
        statistics = others.statistics();
        savingMoves = plan.environment().spec().snapshot() == Snapshot.CANONICAL;
        if (options.evaluateSteps() > 0) {
            evaluationReturn = Optional.of(parts.metrics().last("evaluation/return",
                    "mean return of the greedy policy over an evaluation's episodes; should rise"));
            evaluationLength = Optional.of(parts.metrics().last("evaluation/length",
                    "mean steps of an episode of the greedy policy"));
        }
    }

    private void restore(Checkpoint checkpoint) {
        State runner;
        try {
            runner = parts.restore(checkpoint.state(), this::note).expect(SCHEMA, 1);
        } catch (IncompatibleStateException e) {
            throw RunDirectory.unfit(path, checkpoint.step(), e);
        }
        clock.earlier(runner.number("seconds"));
        bestScore = runner.number("bestScore");
        thresholdNoted = statistics.stepsToThreshold() >= 0;
        lastCheckpointStep = checkpoint.step();
        publishedStep = statistics.steps();
        publishedSeconds = clock.seconds();
    }

    private Result loop() throws IOException, InterruptedException {
        publish(Phase.RUNNING);
        long published = System.nanoTime();
        while (statistics.steps() < plan.steps() || !settled()) {
            if (requests.pauseWanted()) {
                pauseHere();
            }
            if (waiting && !awaitPlugins()) {
                return ended(false);
            }
            if (requests.stopWanted() && !savingMoves) {
                return end(false, parts.saveEnvironment());
            }
            if (changeDue() && !savingMoves) {
                change(parts.saveEnvironment());
                continue;
            }
            long before = statistics.steps();
            boolean best;
            try {
                best = iterate(before);
            } catch (Throwable thrown) { // plug-ins may throw anything
                if (probation.isEmpty()) {
                    throw thrown;
                }
                goBack(oneLine(thrown));
                continue;
            }
            long step = statistics.steps();
            if (before == 0 && step - plan.steps() > plan.steps()) {
                note(String.format(Locale.ROOT, "one iteration of %s is %,d steps; the run took %,d instead of %,d",
                        plan.algorithm().name(), step, step, plan.steps()));
            }
            films.ifPresent(film -> film.look(before, step, plan, parts.algorithm(), parts.normalizer()));
            boolean row = evaluated(before, step) || step >= plan.steps()
                    || before / options.logSteps() != step / options.logSteps();
            if (row) {
                recordRow();
            }
            if (statistics.stepsToThreshold() >= 0 && !thresholdNoted) {
                noteThreshold();
            }
            // Where saving moves the environment, it is saved at each row, needed or not: when a checkpoint is written
            // must not change what happens.
            Optional<State> environment = savingMoves && row ? parts.saveEnvironment() : Optional.empty();
            long now = System.nanoTime();
            if (!savingMoves || row) {
                keep(environment, now, best);
                if (savingMoves && requests.stopWanted()) {
                    return end(false, environment);
                }
                if (savingMoves && changeDue()) {
                    change(environment);
                    continue;
                }
            }
            if (probation.isPresent() && probation.get().passed()) {
                settled();
            }
            if (now - published >= PUBLISH_NANOS) {
                published = now;
                publish(Phase.RUNNING);
            }
        }
        return end(true, parts.saveEnvironment());
    }

    /// Iterates once and looks how good the policy is.
    ///
    /// @return true where it is better than ever
    private boolean iterate(long before) throws IOException {
        parts.algorithm().iterate();
        long step = statistics.steps();
        if (probation.isPresent()) {
            parts.metrics().newlyNaN().ifPresent(name -> {
                throw new ArithmeticException("metric '" + name + "' is NaN");
            });
        }
        return evaluated(before, step) && evaluate() || judged(before, step) && judge();
    }

    private boolean evaluated(long before, long step) {
        return options.evaluateSteps() > 0 && before / options.evaluateSteps() != step / options.evaluateSteps();
    }

    /// Writes a checkpoint where one is due. On probation nothing is written that there might be no way back from.
    private void keep(Optional<State> environment, long now, boolean best) throws IOException {
        if (probation.isPresent()) {
            if (best) {
                probation.get().best = Optional
                        .of(parts.save(savingMoves ? environment : parts.saveEnvironment(), runnerState()));
                probation.get().bestStep = statistics.steps();
            }
            return;
        }
        boolean due = now - lastCheckpointNanos >= options.checkpointSeconds() * 1e9;
        if (requests.takeCheckpoint() || due || best) {
            writeCheckpoint(savingMoves ? environment : parts.saveEnvironment(), best);
        }
    }

    private boolean changeDue() {
        return requests.changeWanted() && probation.isEmpty();
    }

    /// Makes the change that has waited longest.
    ///
    /// @param environment its state
    private void change(Optional<State> environment) throws IOException {
        switch (requests.takeChange().orElseThrow()) {
            case Change.Weigh weigh -> weigh(weigh);
            case Change.Swap swap when swap.basis() == plan -> swap(swap, environment);
            case Change.Release release when release.basis() == plan -> release(release, environment);
            case Change outdated -> outdated.answer().complete(Optional.empty());
        }
    }

    private void weigh(Change.Weigh change) throws IOException {
        try {
            parts.weigh(plan.with(plan.environment().weigh(change.term(), change.weight())));
        } catch (UsageException refusal) { // the term has gone since
            tell(refusal.getMessage());
            change.answer().complete(Optional.of(Verdict.refused(refusal.getMessage())));
            return;
        }
        plan = parts.plan();
        directory.update(plan);
        journal("weighed", Map.of("term", change.term(), "weight", change.weight()));
        tell("reward term " + change.term() + " has weight " + change.weight() + " from step " + statistics.steps());
        change.answer().complete(Optional.of(Verdict.ACCEPTED));
    }

    private void swap(Change.Swap swap, Optional<State> environment) throws IOException {
        long began = System.nanoTime();
        String what = plan.differences(swap.plan());
        State snapshot = parts.save(environment, runnerState());
        parts.metrics().rememberNumbers();
        TrainingParts others;
        try {
            others = new TrainingParts(swap.plan(), parts, snapshot, this::note);
        } catch (Throwable refusal) { // whatever plug-ins throw, the old ones go on
            refuse(swap, what, oneLine(refusal));
            return;
        }
        Map<String, Object> details = details(swap.origin(), what);
        details.put("from", plan.versions(swap.plan()));
        probation = Optional.of(new Probation(swap, what, parts, snapshot, bestScore, thresholdNoted));
        use(others);
        details.put("meanReturn", statistics.meanReturn());
        details.put("pauseMillis", (System.nanoTime() - began) / 1e6);
        journal("swapped", details);
        tell(what + " of " + swap.origin().name() + " " + swap.origin().version() + " takes over at step "
                + statistics.steps());
    }

    private void refuse(Change.Swap swap, String what, String reason) throws IOException {
        Map<String, Object> details = details(swap.origin(), what);
        details.put("reason", reason);
        journal("refused", details);
        tell(what + " of " + swap.origin().name() + " " + swap.origin().version() + " is refused: " + reason);
        swap.answer().complete(Optional.of(Verdict.refused(reason)));
    }

    private static Map<String, Object> details(Arrival origin, String what) {
        var details = new LinkedHashMap<String, Object>();
        details.put("what", what);
        details.put("bundle", origin.name());
        details.put("version", origin.version());
        details.put("sha256", origin.sha256());
        return details;
    }

    /// Ends a probation for good where nothing speaks against it.
    ///
    /// @return false where the old parts run again
    private boolean settled() throws IOException {
        if (probation.isEmpty()) {
            return true;
        }
        Probation passed = probation.get();
        Optional<String> bad = NotANumber.find(parts.algorithm().save(), passed.snapshot.state("algorithm"));
        if (bad.isPresent()) {
            goBack("'" + bad.get() + "' of the algorithm's state is NaN");
            return false;
        }
        probation = Optional.empty();
        try {
            passed.before.closeBeside(parts);
        } catch (RuntimeException | Error e) {
            note("what was replaced did not close: " + oneLine(e));
        }
        passed.rows.forEach(recorders::record);
        if (passed.best.isPresent()) {
            writeCheckpoint(passed.bestStep, passed.best.get(), true);
        }
        directory.update(plan);
        journal("proved", details(passed.swap.origin(), passed.what));
        passed.swap.answer().complete(Optional.of(Verdict.ACCEPTED));
        return true;
    }

    /// Gives the new parts up and goes on with the old ones where they were.
    private void goBack(String reason) throws IOException {
        Probation failed = probation.orElseThrow();
        long step = statistics.steps();
        probation = Optional.empty();
        boolean moved = parts.shareBatch(failed.before);
        try {
            parts.closeBeside(failed.before);
        } catch (RuntimeException | Error e) {
            note("what was given up did not close: " + oneLine(e));
        }
        failed.before.goBack(failed.snapshot, moved, this::note);
        use(failed.before);
        bestScore = failed.bestScore;
        thresholdNoted = failed.thresholdNoted;
        publishedStep = Math.min(publishedStep, statistics.steps());
        String full = reason + " (at step " + step + ", back at step " + statistics.steps() + ")";
        refuse(failed.swap, failed.what, full);
    }

    /// Closes everything, with its state safe in memory and on the disk. Afterwards nothing here holds on to what a plug-in
    /// has built, so that its classes can go.
    private void release(Change.Release release, Optional<State> environment) throws IOException {
        writeCheckpoint(environment);
        safe = Optional.of(parts.save(environment, runnerState()));
        plan = plan.detached();
        waiting = true;
        TrainingParts departing = parts;
        parts = null;
        clock.stop();
        try {
            departing.close();
        } catch (RuntimeException | Error e) {
            note("what was removed did not close: " + oneLine(e));
        }
        journal("withdrawn", details(release.origin(), release.what()));
        tell("paused at step " + statistics.steps() + ": " + release.what() + " of " + release.origin().name()
                + " has been removed; it goes on when one that fits is deployed");
        publish(Phase.PAUSED);
        release.answer().complete(Optional.of(Verdict.ACCEPTED));
    }

    /// Waits for plug-ins that fit.
    ///
    /// @return false where the end is wanted instead
    private boolean awaitPlugins() throws IOException, InterruptedException {
        while (waiting) {
            requests.awaitChange();
            if (requests.stopWanted()) {
                return false;
            }
            switch (requests.takeChange().orElseThrow()) {
                case Change.Swap swap when swap.basis() == plan -> goOnFrom(safe.orElseThrow(), swap);
                case Change.Swap outdated -> outdated.answer().complete(Optional.empty());
                case Change other -> other.answer().complete(Optional.of(Verdict.ACCEPTED));
            }
        }
        safe = Optional.empty();
        return true;
    }

    private void goOnFrom(State snapshot, Change.Swap swap) throws IOException {
        String what = plan.differences(swap.plan());
        TrainingParts others;
        try {
            SpaceFit.require(plan.environment().spec(), swap.plan().environment().spec());
            others = new TrainingParts(swap.plan(), this::note);
            try {
                others.restore(snapshot, this::note);
            } catch (RuntimeException | Error e) {
                others.close();
                throw e;
            }
        } catch (Throwable refusal) { // whatever plug-ins throw, the state stays safe
            refuse(swap, what, oneLine(refusal));
            return;
        }
        use(others);
        waiting = false;
        clock.start();
        directory.update(plan);
        journal("swapped", details(swap.origin(), what));
        tell("goes on at step " + statistics.steps() + " with " + swap.origin().name() + " "
                + swap.origin().version());
        publish(Phase.RUNNING);
        swap.answer().complete(Optional.of(Verdict.ACCEPTED));
    }

    private void pauseHere() throws IOException, InterruptedException {
        clock.stop();
        publish(Phase.PAUSED);
        journal("paused", Map.of());
        while (requests.pauseWanted() && !waiting) {
            boolean free = probation.isEmpty();
            requests.awaitWhilePaused(!savingMoves && free, free);
            if (!savingMoves && free && requests.takeCheckpoint()) {
                writeCheckpoint(parts.saveEnvironment());
            }
            if (changeDue()) {
                change(parts.saveEnvironment());
            }
        }
        if (waiting) {
            return;
        }
        clock.start();
        if (!requests.stopWanted()) {
            journal("proceeded", Map.of());
            publish(Phase.RUNNING);
        }
    }

    private Result end(boolean finished, Optional<State> environment)
            throws IOException, InterruptedException {
        boolean kept = settled();
        if (lastCheckpointStep != statistics.steps() || requests.takeCheckpoint()) {
            writeCheckpoint(kept ? environment : parts.saveEnvironment());
        }
        return ended(finished);
    }

    private Result ended(boolean finished) throws IOException, InterruptedException {
        if (finished && films.isPresent()) {
            films.get().await();
        }
        recorders.flush();
        clock.stop();
        journal(finished ? "finished" : "stopped", Map.of("episodes", statistics.episodes(), "meanReturn",
                statistics.meanReturn(), "seconds", clock.seconds()));
        return new Result(path, finished, statistics.steps(), statistics.episodes(), statistics.meanReturn(),
                statistics.stepsToThreshold(), clock.seconds());
    }

    /// True where the last 100 episodes are to be judged. That depends on steps alone, so that the same seed has the same
    /// best checkpoint.
    private boolean judged(long before, long step) {
        return options.evaluateSteps() == 0 && (before / judgeSteps != step / judgeSteps || step >= plan.steps());
    }

    /// Judges the last 100 episodes.
    ///
    /// @return true where they went better than ever
    private boolean judge() {
        boolean best = statistics.episodes() >= EpisodeStatistics.WINDOW && !(statistics.meanReturn() <= bestScore);
        if (best) {
            bestScore = statistics.meanReturn();
        }
        return best;
    }

    private void recordRow() {
        MetricsRow row = parts.metrics().row(statistics.steps(), clock.seconds());
        if (probation.isPresent()) {
            probation.get().rows.add(row);
        } else {
            recorders.record(row);
        }
    }

    private void noteThreshold() throws IOException {
        thresholdNoted = true;
        long step = statistics.stepsToThreshold();
        journal("threshold", Map.of("stepsToThreshold", step));
        tell("mean return of the last 100 episodes passed the threshold "
                + plan.environment().spec().rewardThreshold().orElseThrow() + " at step " + step);
    }

    /// Plays the greedy policy.
    ///
    /// @return true where it played better than ever
    private boolean evaluate() throws IOException {
        int copies = EpisodePlayer.copies(options.evaluateEpisodes());
        Evaluation evaluation;
        try (Environment environment = plan.environment().create(copies);
                Policy policy = parts.algorithm().policy(copies)) {
            evaluation = EpisodePlayer.play(environment, parts.normalizer(), policy, options.evaluateEpisodes(),
                    SeededRandom.childSeed(plan.seed(), EVALUATION_STREAM), statistics.steps());
        }
        evaluationReturn.ifPresent(metric -> metric.add(evaluation.meanReturn()));
        evaluationLength.ifPresent(metric -> metric.add(evaluation.meanLength()));
        journal("evaluation", Map.of("episodes", evaluation.episodes(), "meanReturn", evaluation.meanReturn(),
                "stdReturn", evaluation.stdReturn()));
        boolean best = !(evaluation.meanReturn() <= bestScore);
        if (best) {
            bestScore = evaluation.meanReturn();
        }
        return best;
    }

    private void writeCheckpoint(Optional<State> environment) throws IOException {
        writeCheckpoint(environment, false);
    }

    private void writeCheckpoint(Optional<State> environment, boolean better) throws IOException {
        writeCheckpoint(statistics.steps(), parts.save(environment, runnerState()), better);
    }

    private void writeCheckpoint(long step, State state, boolean better) throws IOException {
        boolean best = better || Double.isNaN(bestScore); // until there is a score, the newest counts as the best
        recorders.flush(); // rows up to this step must not be lost once it is the step to go on from
        directory.checkpoints().write(new Checkpoint(step, StoredPlan.toJson(plan), state), options.keepCheckpoints(),
                best);
        lastCheckpointStep = step;
        lastCheckpointNanos = System.nanoTime();
        journal("checkpoint", Map.of("best", best, "meanReturn", statistics.meanReturn()));
    }

    /// What the loop itself has to remember.
    private State runnerState() {
        return new State(SCHEMA, 1).put("seconds", clock.seconds()).put("bestScore", bestScore);
    }

    private void publish(Phase phase) {
        double seconds = clock.seconds();
        double rate = seconds > publishedSeconds
                ? (statistics.steps() - publishedStep) / (seconds - publishedSeconds)
                : status.stepsPerSecond();
        publishedStep = statistics.steps();
        publishedSeconds = seconds;
        status = new Status(phase, statistics.steps(), plan.steps(), statistics.episodes(), statistics.meanReturn(),
                seconds, rate);
        try {
            listener.progress(status);
        } catch (RuntimeException e) {
            System.getLogger(RunningExperiment.class.getName()).log(System.Logger.Level.WARNING,
                    "a listener failed", e);
        }
    }

    /// Tells the user and the journal that plug-ins are not taken: they do not fit before anything is built of them. Any
    /// thread.
    public void refused(Arrival origin, String reason) {
        Map<String, Object> details = details(origin, "all");
        details.put("reason", reason);
        note("refused", details, origin.name() + " " + origin.version() + " is refused: " + reason);
    }

    /// Tells the user and the journal. Any thread.
    public void note(String message) {
        note("note", Map.of("message", message), message);
    }

    private void note(String event, Map<String, ?> details, String message) {
        synchronized (earlyNotes) {
            if (directory == null) {
                earlyNotes.add(message);
            } else {
                try {
                    journal(event, details);
                } catch (IOException e) {
                    tell("the journal of " + path + " cannot be written: " + e.getMessage());
                }
            }
        }
        tell(message);
    }

    private void tell(String message) {
        try {
            listener.note(message);
        } catch (RuntimeException e) {
            System.getLogger(RunningExperiment.class.getName()).log(System.Logger.Level.WARNING,
                    "a listener failed", e);
        }
    }

    private void journal(String event, Map<String, ?> details) throws IOException {
        directory.journal().add(statistics.steps(), event, details);
    }

    private void journalFailure(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        try {
            journal("failed", Map.of("message", oneLine(thrown), "stackTrace", trace.toString()));
        } catch (IOException | RuntimeException e) {
            thrown.addSuppressed(e);
        }
    }

    private String failureMessage(Throwable thrown) {
        return plan.algorithm().name() + " in " + plan.environment().info().name() + " failed at step "
                + statistics.steps() + ": " + oneLine(thrown) + " (the run can be resumed from step "
                + lastCheckpointStep + "; details are in " + path.resolve("journal.jsonl") + ")";
    }

    private static String oneLine(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
        boolean plain = thrown instanceof UsageException || thrown instanceof ArithmeticException
                || thrown.getClass().getName().startsWith("dev.limber.");
        return plain && !message.isEmpty()
                ? message
                : thrown.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    private void closeAll(Throwable reason) {
        films.ifPresent(making -> close(making, reason));
        close(recorders, reason);
        recorders = null;
        if (probation.isPresent()) {
            Probation open = probation.get();
            probation = Optional.empty();
            close(() -> open.before.closeBeside(parts), reason);
            open.swap.answer().complete(Optional.of(Verdict.refused("the experiment failed: " + oneLine(reason))));
        }
        close(parts, reason);
        synchronized (earlyNotes) {
            close(directory, reason);
            directory = null;
        }
    }

    private static void close(AutoCloseable part, Throwable reason) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }
}
