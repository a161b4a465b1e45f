package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.play.TrainingFilms;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.PlainReason;
import dev.limber.experiment.run.RunDirectory;
import dev.limber.experiment.watch.Lookout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One experiment on a thread of its own, which builds, steps, saves and closes everything. Whatever is asked for happens
/// between two iterations of the algorithm.
public final class RunningExperiment implements Experiment {

    private static final Duration REHEARSAL = Duration.ofSeconds(60);

    private final ExperimentSpec spec;
    private final Path path;
    private final RunnerOptions options;
    private final Requests requests = new Requests();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Result> ended = new CompletableFuture<>();
    private final Clock clock = new Clock();
    private final Lookout lookout;
    private final Current current;
    private final Chronicle chronicle;
    private final StatusBoard board;
    private final Appraisal appraisal;
    private final Snapshots snapshots;

    private volatile List<PluginInfo> missing = List.of();

    // What is open, on the experiment's thread.
    private RunDirectory directory;
    private volatile RecorderThread recorders; // which deployments change
    private Checkpointing checkpoints;
    private Optional<TrainingFilms> films = Optional.empty();
    private ExperimentLoop loop;

    private RunningExperiment(ExperimentSpec spec, Plan plan, Path path, ExperimentListener listener) {
        this.spec = spec;
        this.path = path;
        options = plan.runnerOptions();
        lookout = new Lookout(requests.gate(), this::note);
        current = new Current(plan, lookout);
        chronicle = new Chronicle(path, listener, current::steps);
        board = new StatusBoard(current, clock, chronicle);
        appraisal = new Appraisal(current, options);
        snapshots = new Snapshots(current, clock, appraisal);
        requests.gate().keptBy(new HeldSteps(clock, board, current));
    }

    /// Starts an experiment, and returns when all its parts have been built and its directory is there.
    ///
    /// @throws UsageException where its parts do not fit; nothing has been written then
    public static RunningExperiment start(ExperimentSpec spec, Plan plan, Path path, Origin origin,
            ExperimentListener listener, Map<String, RecorderFactory> recorders) {
        var experiment = new RunningExperiment(spec, plan, path, listener);
        Thread.ofPlatform().name("limber-" + plan.environment().info().name() + "-" + plan.algorithm().name())
                .daemon(true).start(() -> experiment.run(origin, recorders));
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
                        + plan.environment().info().name() + " could not be built: " + FailureLine.of(e.getCause()),
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
        return board.status();
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
    public void advance(int steps) {
        requests.advance(steps);
    }

    @Override
    public void pace(double factor) {
        requests.gate().pace(factor);
    }

    @Override
    public double pace() {
        return requests.gate().pace();
    }

    @Override
    public Watch watch(WatchSpec spec) {
        Watch watch = lookout.open(spec);
        requests.look();
        return watch;
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
        plan().environment().weigh(term, weight); // refuses what cannot be
        requests.change(new Change.Weigh(term, weight, new CompletableFuture<>()));
    }

    /// What runs. Any thread.
    public Plan plan() {
        return current.plan();
    }

    /// True where a plug-in that is needed has been removed. Any thread.
    public boolean waiting() {
        return current.waiting();
    }

    /// What it has been without since it waits. Any thread.
    public List<PluginInfo> missing() {
        return missing;
    }

    /// Changes over to other plug-ins and waits until they have proved themselves or been given up. Not the experiment's
    /// thread.
    ///
    /// @param anew makes the plan with the new plug-ins out of the one that runs: again where that has changed meanwhile,
    ///        since others may take over at the same time, and be given up again
    /// @throws UsageException of `anew`
    public Verdict takeOver(Function<Plan, Successor> anew) throws InterruptedException {
        Optional<Verdict> verdict;
        do {
            Plan basis = plan();
            Successor next = anew.apply(basis);
            verdict = !waiting() && basis.samePlugins(next.plan())
                    ? Optional.of(Verdict.ACCEPTED)
                    : change(basis, next);
        } while (verdict.isEmpty());
        return verdict.get();
    }

    /// The answer is empty where the plan is another one by now.
    private Optional<Verdict> change(Plan basis, Successor next) throws InterruptedException {
        Optional<State> snapshot = look();
        if (plan() != basis) { // which the snapshot is not of, then
            return Optional.empty();
        }
        Optional<String> refusal = snapshot.isPresent()
                ? rehearse(basis, next.plan(), snapshot.get())
                : Optional.empty();
        if (refusal.isPresent()) {
            if (plan() != basis) { // it may have been for a part of that
                return Optional.empty();
            }
            chronicle.refused(next.origin(), basis.differences(next.plan()), refusal.get());
            return Optional.of(Verdict.refused(refusal.get()));
        }
        var swap = Change.Swap.of(basis, next.plan(), next.origin());
        requests.change(swap);
        return answer(swap.answer());
    }

    private Optional<State> look() throws InterruptedException {
        var look = new Change.Look(new CompletableFuture<>());
        requests.change(look);
        return answer(look.answer());
    }

    private static Optional<String> rehearse(Plan basis, Plan next, State snapshot) throws InterruptedException {
        var rehearsal = new Rehearsal(REHEARSAL, basis, next, snapshot);
        return rehearsal.possible() ? rehearsal.refusal() : Optional.empty();
    }

    /// Goes over to other recorders and waits until they record. Not the experiment's thread.
    ///
    /// @param what which ones come or go, for the user
    /// @param arriving true where they come
    /// @param factories all that there are, by the names of their plug-ins
    public Verdict record(Arrival origin, String what, boolean arriving, Map<String, RecorderFactory> factories)
            throws InterruptedException {
        RecorderThread.Outcome outcome = recorders.change(factories);
        if (outcome.refusal().isPresent()) {
            chronicle.refused(origin, what, outcome.refusal().get());
            return Verdict.refused(outcome.refusal().get());
        }
        if (outcome.changed()) {
            chronicle.note(arriving ? "swapped" : "withdrawn", Chronicle.details(origin, what), what + " of "
                    + origin.name() + " " + origin.version() + (arriving ? " takes over" : " records no more"));
        }
        return Verdict.ACCEPTED;
    }

    /// Gives up plug-ins, keeps the state, and waits for others. Does nothing where none are lost, or it waits already. Not
    /// the experiment's thread.
    ///
    /// @param lost which parts of a plan are to be given up
    public void release(Arrival origin, Function<Plan, List<Plan.Part>> lost) throws InterruptedException {
        Change.Release release;
        do {
            Plan basis = plan();
            List<Plan.Part> parts = lost.apply(basis);
            if (parts.isEmpty() || waiting()) {
                return;
            }
            missing = parts.stream().map(Plan.Part::info).toList();
            release = new Change.Release(basis,
                    parts.stream().map(Plan.Part::toString).collect(Collectors.joining(", ")), origin,
                    new CompletableFuture<>());
            requests.change(release);
        } while (answer(release.answer()).isEmpty());
    }

    private static <A> A answer(CompletableFuture<A> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    /// Tells the user and the journal that plug-ins are not taken: they do not fit before anything is built of them. Any
    /// thread.
    public void refused(Arrival origin, String reason) {
        chronicle.refused(origin, "all", reason);
    }

    /// Tells the user and the journal. Any thread.
    public void note(String message) {
        chronicle.note(message);
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

    private void run(Origin origin, Map<String, RecorderFactory> factories) {
        try {
            open(origin, factories);
        } catch (Throwable thrown) { // start() throws it
            closeAll(thrown);
            opened.completeExceptionally(thrown);
            return;
        }
        opened.complete(null);
        Optional<Result> result = Optional.empty();
        Optional<Throwable> failure = Optional.empty();
        try {
            result = Optional.of(loop.run());
        } catch (Throwable thrown) { // await() throws it
            failure = Optional.of(thrown);
            finishWriting(thrown);
            chronicle.failed(thrown);
        }
        closeAll(failure.orElseGet(Throwable::new));
        requests.end();
        lookout.end();
        if (failure.isPresent()) {
            board.publish(Phase.FAILED);
            ended.completeExceptionally(new ExperimentFailedException(failureMessage(failure.get()), failure.get()));
        } else {
            board.publish(result.get().finished() ? Phase.FINISHED : Phase.STOPPED);
            ended.complete(result.get());
        }
    }

    private void open(Origin origin, Map<String, RecorderFactory> factories) throws IOException {
        try {
            current.use(new TrainingParts(current.plan(), chronicle::note));
            origin.checkpoint().ifPresent(this::restore);
            directory = origin.open(current.plan());
        } catch (Throwable thrown) {
            if (origin instanceof Origin.Resumed resumed) {
                resumed.directory().close();
            }
            throw thrown;
        }
        try {
            recorders = new RecorderThread(factories, path, current.steps(), chronicle::note);
            checkpoints = new Checkpointing(current, options, appraisal, chronicle, directory, recorders,
                    origin.checkpoint().map(Checkpoint::step).orElse(-1L));
            if (options.videoEvery() > 0) {
                films = Optional.of(new TrainingFilms(path.resolve("videos"), chronicle::note));
            }
            loop = new ExperimentLoop(options, requests, current, clock, chronicle, board, appraisal, snapshots,
                    directory, recorders, checkpoints, films);
            begin(origin);
        } catch (IOException | RuntimeException e) {
            if (origin instanceof Origin.New) {
                closeAll(e);
                RunDirectory.delete(path);
            }
            throw e;
        }
    }

    private void restore(Checkpoint checkpoint) {
        try {
            snapshots.restore(checkpoint.state(), chronicle::note);
        } catch (IncompatibleStateException e) {
            throw RunDirectory.unfit(path, checkpoint.step(), e);
        }
        board.restart();
    }

    private void begin(Origin origin) throws IOException {
        Plan plan = plan();
        long process = ProcessHandle.current().pid();
        if (origin.checkpoint().isPresent()) {
            if (!directory.checkpoints().removeBeyond(current.steps())) {
                appraisal.restore(Double.NaN);
            }
            chronicle.open(directory, "resumed", Map.of("steps", plan.steps(), "process", process));
            clock.start();
        } else {
            chronicle.open(directory, "started", Map.of("environment", plan.environment().info().name(), "algorithm",
                    plan.algorithm().name(), "seed", plan.seed(), "steps", plan.steps(), "process", process));
            clock.start();
            // So that there is something to go on from at once.
            checkpoints.write(current.steps(), () -> snapshots.take(current.parts().saveEnvironment()), false);
            checkpoints.await();
        }
    }

    private String failureMessage(Throwable thrown) {
        return plan().algorithm().name() + " in " + plan().environment().info().name() + " failed at step "
                + current.steps() + ": " + FailureLine.of(thrown) + " (the run can be resumed from step "
                + checkpoints.writtenStep() + "; details are in " + path.resolve("journal.jsonl") + ")";
    }

    private void finishWriting(Throwable reason) {
        try {
            checkpoints.await();
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
        recorders.flush(); // the journal tells of what ended the run last
    }

    private void closeAll(Throwable reason) {
        films.ifPresent(making -> close(making, reason));
        close(checkpoints, reason);
        close(recorders, reason);
        if (loop != null) {
            loop.abandonSwap(reason);
        }
        close(current.release(), reason);
        chronicle.close();
        close(directory, reason);
        directory = null;
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
