package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.metrics.Metric;
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
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.play.EpisodePlayer;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.PlainReason;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// One experiment on a thread of its own, which builds, steps, saves and closes everything. Whatever is asked for happens
/// between two iterations of the algorithm.
public final class RunningExperiment implements Experiment {

    private static final String SCHEMA = "dev.limber.experiment.runner";
    private static final long EVALUATION_STREAM = 3;
    private static final long PUBLISH_NANOS = 100_000_000;
    private static final long JUDGEMENTS = 20;
    private static final long MOST_JUDGE_STEPS = 1_000_000;

    private final ExperimentSpec spec;
    private final Plan plan;
    private final Path path;
    private final RunnerOptions options;
    private final ExperimentListener listener;
    private final List<RecorderFactory> recorderFactories;
    private final Requests requests = new Requests();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Result> ended = new CompletableFuture<>();
    private final List<String> earlyNotes = new ArrayList<>();
    private final Clock clock = new Clock();
    private final boolean savingMoves;
    private final long judgeSteps;
    private volatile Status status;

    // Everything below belongs to the experiment's thread.
    private TrainingParts parts;
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
        savingMoves = plan.environment().spec().snapshot() == Snapshot.CANONICAL;
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
            parts = new TrainingParts(plan, this::note);
            if (options.evaluateSteps() > 0) {
                evaluationReturn = Optional.of(parts.metrics().last("evaluation/return",
                        "mean return of the greedy policy over an evaluation's episodes; should rise"));
                evaluationLength = Optional.of(parts.metrics().last("evaluation/length",
                        "mean steps of an episode of the greedy policy"));
            }
            origin.checkpoint().ifPresent(this::restore);
            directory = origin.open(plan);
        } catch (Throwable thrown) {
            if (origin instanceof Origin.Resumed resumed) {
                resumed.directory().close();
            }
            throw thrown;
        }
        long step = parts.statistics().steps();
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
        thresholdNoted = parts.statistics().stepsToThreshold() >= 0;
        lastCheckpointStep = checkpoint.step();
        publishedStep = parts.statistics().steps();
        publishedSeconds = clock.seconds();
    }

    private Result loop() throws IOException, InterruptedException {
        publish(Phase.RUNNING);
        long published = System.nanoTime();
        EpisodeStatistics statistics = parts.statistics();
        while (statistics.steps() < plan.steps()) {
            if (requests.pauseWanted()) {
                pauseHere();
            }
            if (requests.stopWanted() && !savingMoves) {
                return end(false, parts.saveEnvironment());
            }
            long before = statistics.steps();
            parts.algorithm().iterate();
            long step = statistics.steps();
            if (before == 0 && step - plan.steps() > plan.steps()) {
                note(String.format(Locale.ROOT, "one iteration of %s is %,d steps; the run took %,d instead of %,d",
                        plan.algorithm().name(), step, step, plan.steps()));
            }
            boolean evaluation = options.evaluateSteps() > 0
                    && before / options.evaluateSteps() != step / options.evaluateSteps();
            boolean best = evaluation && evaluate() || judged(before, step) && judge();
            boolean row = evaluation || step >= plan.steps()
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
                boolean due = now - lastCheckpointNanos >= options.checkpointSeconds() * 1e9;
                if (requests.takeCheckpoint() || due || best) {
                    writeCheckpoint(savingMoves ? environment : parts.saveEnvironment(), best);
                }
                if (savingMoves && requests.stopWanted()) {
                    return end(false, environment);
                }
            }
            if (now - published >= PUBLISH_NANOS) {
                published = now;
                publish(Phase.RUNNING);
            }
        }
        return end(true, parts.saveEnvironment());
    }

    private void pauseHere() throws IOException, InterruptedException {
        clock.stop();
        publish(Phase.PAUSED);
        journal("paused", Map.of());
        while (requests.pauseWanted()) {
            requests.awaitWhilePaused(!savingMoves);
            if (!savingMoves && requests.takeCheckpoint()) {
                writeCheckpoint(parts.saveEnvironment());
            }
        }
        clock.start();
        if (!requests.stopWanted()) {
            journal("proceeded", Map.of());
            publish(Phase.RUNNING);
        }
    }

    private Result end(boolean finished, Optional<State> environment) throws IOException {
        EpisodeStatistics statistics = parts.statistics();
        if (lastCheckpointStep != statistics.steps() || requests.takeCheckpoint()) {
            writeCheckpoint(environment);
        } else {
            recorders.flush();
        }
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
        EpisodeStatistics statistics = parts.statistics();
        boolean best = statistics.episodes() >= EpisodeStatistics.WINDOW && !(statistics.meanReturn() <= bestScore);
        if (best) {
            bestScore = statistics.meanReturn();
        }
        return best;
    }

    private void recordRow() {
        recorders.record(parts.metrics().row(parts.statistics().steps(), clock.seconds()));
    }

    private void noteThreshold() throws IOException {
        thresholdNoted = true;
        long step = parts.statistics().stepsToThreshold();
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
                    SeededRandom.childSeed(plan.seed(), EVALUATION_STREAM), parts.statistics().steps());
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
        EpisodeStatistics statistics = parts.statistics();
        boolean best = better || Double.isNaN(bestScore); // until there is a score, the newest counts as the best
        recorders.flush(); // rows up to this step must not be lost once it is the step to go on from
        var runner = new State(SCHEMA, 1).put("seconds", clock.seconds()).put("bestScore", bestScore);
        directory.checkpoints().write(new Checkpoint(statistics.steps(), StoredPlan.toJson(plan),
                parts.save(environment, runner)), options.keepCheckpoints(), best);
        lastCheckpointStep = statistics.steps();
        lastCheckpointNanos = System.nanoTime();
        journal("checkpoint", Map.of("best", best, "meanReturn", statistics.meanReturn()));
    }

    private void publish(Phase phase) {
        EpisodeStatistics statistics = parts.statistics();
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

    /// Tells the user and the journal. Any thread.
    private void note(String message) {
        synchronized (earlyNotes) {
            if (directory == null) {
                earlyNotes.add(message);
            } else {
                try {
                    journal("note", Map.of("message", message));
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
        directory.journal().add(parts.statistics().steps(), event, details);
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
                + parts.statistics().steps() + ": " + oneLine(thrown) + " (the run can be resumed from step "
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
        close(recorders, reason);
        recorders = null;
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
