package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.Playback;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.run.PlainReason;
import dev.limber.experiment.run.RunDirectory;
import dev.limber.experiment.watch.Lookout;
import dev.limber.experiment.watch.StepGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Plays a run's greedy policy until it is closed, on a thread of its own, which builds, steps and closes everything.
/// Where the run has got new weights when an episode of the first copy ends, they play on.
public final class PlayedRun implements Playback {

    private static final long LOOK_NANOS = 1_000_000_000;
    private static final double REAL_TIME = 1;

    private final Supplier<RunReader> runs;
    private final Path run;
    private final int copies;
    private final Consumer<String> notes;
    private final StepGate gate = new StepGate(this::paused, this::leaveWanted);
    private final Lookout lookout;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile boolean stale;
    private volatile long checkpointStep;
    private volatile Optional<String> problem = Optional.empty();

    // The thread's.
    private Cast cast;
    private long steps;
    private long looked;
    private long episode;

    /// Who plays.
    private record Cast(TrainedPolicy trained, PlannedEnvironment planned, Environment environment, PolicyView view,
            Policy policy, boolean[] starts, float[] actions) {

        void close() {
            try {
                policy.close();
            } finally {
                environment.close();
            }
        }
    }

    private PlayedRun(Supplier<RunReader> runs, Path run, int copies, Consumer<String> notes) {
        this.runs = runs;
        this.run = run;
        this.copies = copies;
        this.notes = notes;
        lookout = new Lookout(gate, notes);
        gate.pace(REAL_TIME);
        gate.keptBy(new StepGate.Keeper() {
            @Override
            public void waiting() {
                lookout.glance(steps);
            }
        });
        thread = Thread.ofPlatform().name("limber-play-" + run.getFileName()).daemon(true).unstarted(this::play);
    }

    /// Starts to play, and returns when all is built.
    ///
    /// @param runs makes a reader of runs with the plug-ins that are there
    /// @param notes hears of damaged checkpoints that are passed over, and of what plays
    /// @throws UsageException where there is no such run, or its plug-ins are not there
    public static PlayedRun start(Supplier<RunReader> runs, Path run, int copies, Consumer<String> notes) {
        if (copies < 1) {
            throw new UsageException("copies must be at least 1, not " + copies);
        }
        var played = new PlayedRun(runs, run, copies, notes);
        played.thread.start();
        try {
            played.opened.get();
            return played;
        } catch (InterruptedException e) {
            played.end();
            Thread.currentThread().interrupt();
            throw new ExperimentFailedException("playing " + run + " was interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UsageException usage -> throw usage;
                case IOException io ->
                        throw new UsageException("run " + run + " cannot be read: " + PlainReason.of(io));
                default ->
                        throw new ExperimentFailedException("run " + run + " cannot be played: " + e.getCause(),
                                e.getCause());
            }
        }
    }

    private void play() {
        try {
            cast();
            opened.complete(null);
            while (!closed) {
                step();
            }
        } catch (Throwable thrown) { // plug-ins may throw anything
            if (!opened.completeExceptionally(thrown)) {
                String line = "playing " + run.getFileName() + " failed: " + thrown;
                problem = Optional.of(line);
                notes.accept(line);
            }
        } finally {
            dismiss();
            lookout.end();
        }
    }

    private void step() throws IOException {
        lookout.beforeStep(cast.planned.spec().stepSeconds());
        if (stale) {
            stale = false;
            cast();
        }
        if (closed) {
            return;
        }
        cast.policy.act(cast.view.observations(), cast.starts, cast.actions);
        cast.environment.step(cast.actions);
        steps += copies;
        for (int i = 0; i < copies; i++) {
            cast.starts[i] = cast.environment.terminated()[i] || cast.environment.truncated()[i];
        }
        lookout.afterStep(cast.actions, steps);
        if (cast.starts[0]) {
            takeNewWeights();
        }
    }

    private void takeNewWeights() throws IOException {
        long now = System.nanoTime();
        if (now - looked < LOOK_NANOS) {
            return;
        }
        looked = now;
        if (RunDirectory.checkpoints(run).steps().stream().anyMatch(step -> step > checkpointStep)) {
            cast();
        }
    }

    /// Builds everything anew from the newest checkpoint.
    private void cast() throws IOException {
        dismiss();
        TrainedPolicy trained = runs.get().read(run, "latest");
        PlannedEnvironment planned = trained.plan().environment();
        Environment environment = planned.create(copies);
        try {
            var seeds = new long[copies];
            Arrays.setAll(seeds,
                    i -> SeededRandom.childSeed(SeededRandom.childSeed(trained.plan().seed(), episode), i));
            episode++;
            environment.reset(seeds);
            var starts = new boolean[copies];
            Arrays.fill(starts, true);
            cast = new Cast(trained, planned, environment, new PolicyView(environment, trained.normalizer()),
                    trained.policy(planned, copies, trained.plan().seed()), starts,
                    new float[copies * planned.spec().action().size()]);
        } catch (RuntimeException | Error e) {
            environment.close();
            throw e;
        }
        checkpointStep = trained.step();
        lookout.watch(environment, planned);
    }

    private void dismiss() {
        if (cast != null) {
            lookout.release();
            cast.close();
            cast = null;
        }
    }

    private boolean leaveWanted() {
        return closed || stale;
    }

    /// Has everything built anew: plug-ins have come or gone. Any thread.
    public void recast() {
        stale = true;
        gate.wake();
    }

    @Override
    public Path run() {
        return run;
    }

    @Override
    public long checkpointStep() {
        return checkpointStep;
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public Watch watch(WatchSpec spec) {
        return lookout.open(spec);
    }

    @Override
    public void pace(double factor) {
        gate.pace(factor);
    }

    @Override
    public double pace() {
        return gate.pace();
    }

    @Override
    public void pause() {
        paused = true;
        gate.hold();
    }

    @Override
    public void proceed() {
        paused = false;
        gate.proceed();
    }

    @Override
    public void advance(int number) {
        paused = true;
        gate.advance(number);
    }

    private void end() {
        closed = true;
        gate.wake();
    }

    /// True until it has ended.
    public boolean playing() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
