package dev.limber.experiment.loop;

import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Result;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.play.TrainingFilms;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Iterates until all steps are taken or the end is wanted, and does between two iterations what is due or asked for.
final class ExperimentLoop {

    private final Path path;
    private final RunnerOptions options;
    private final Requests requests;
    private final Current current;
    private final Clock clock;
    private final Chronicle chronicle;
    private final StatusBoard board;
    private final Appraisal appraisal;
    private final Snapshots snapshots;
    private final RunDirectory directory;
    private final RecorderThread recorders;
    private final Checkpointing checkpoints;
    private final Optional<TrainingFilms> films;
    private final Iteration iteration = new Iteration();
    private final Pace pace = new Pace();
    private final Weighing weighing;
    private final SwapTransaction swaps;
    private final Withdrawal withdrawal;

    /// @param directory of the run, open
    /// @param recorders hear of every row
    ExperimentLoop(RunnerOptions options, Requests requests, Current current, Clock clock, Chronicle chronicle,
            StatusBoard board, Appraisal appraisal, Snapshots snapshots, RunDirectory directory,
            RecorderThread recorders, Checkpointing checkpoints, Optional<TrainingFilms> films) {
        path = directory.path();
        this.options = options;
        this.requests = requests;
        this.current = current;
        this.clock = clock;
        this.chronicle = chronicle;
        this.board = board;
        this.appraisal = appraisal;
        this.snapshots = snapshots;
        this.directory = directory;
        this.recorders = recorders;
        this.checkpoints = checkpoints;
        this.films = films;
        weighing = new Weighing(current, appraisal, chronicle, recorders, directory);
        swaps = new SwapTransaction(current, snapshots, appraisal, chronicle, checkpoints, recorders, directory, pace);
        withdrawal = new Withdrawal(current, snapshots, chronicle, checkpoints, swaps, weighing, requests, clock,
                board);
    }

    /// Runs to the end.
    Result run() throws IOException, InterruptedException {
        board.publish(Phase.RUNNING);
        while (current.steps() < current.plan().steps() || !swaps.settle()) {
            if (!withdrawal.awaitPlugins()) {
                return ended(false);
            }
            if (requests.pauseWanted()) {
                pause();
                continue;
            }
            boolean savingMoves = current.savingMoves();
            if (requests.stopWanted() && !savingMoves) {
                return end(false, Optional.empty());
            }
            if (changeDue() && !savingMoves) {
                change(current.parts().saveEnvironment());
                continue;
            }
            long before = current.steps();
            long now;
            boolean row;
            Optional<State> environment;
            try {
                boolean best = iterate(before);
                long step = current.steps();
                row = appraisal.evaluates(before, step) || step >= current.plan().steps()
                        || before / options.logSteps() != step / options.logSteps();
                if (row) {
                    swaps.record(current.parts().metrics().row(step, clock.seconds()));
                }
                appraisal.noteThreshold(swaps);
                if (films.isPresent()) {
                    films.get().look(before, step, current.plan(), current.parts().algorithm(),
                            current.parts().normalizer());
                }
                // Where saving moves the environment, it is saved at each row, needed or not: when a checkpoint is written
                // must not change what happens.
                environment = savingMoves && row ? current.parts().saveEnvironment() : Optional.empty();
                now = System.nanoTime();
                if (!savingMoves || row) {
                    keep(environment, now, best);
                }
            } catch (Throwable thrown) { // plug-ins may throw anything
                if (!swaps.onProbation()) {
                    throw thrown;
                }
                swaps.goBack(FailureLine.of(thrown));
                continue;
            }
            if (savingMoves && row) {
                if (requests.stopWanted()) {
                    return end(false, environment);
                }
                if (changeDue()) {
                    change(environment);
                    continue;
                }
            }
            swaps.settleWherePassed();
            board.tick(now);
        }
        return end(true, current.parts().saveEnvironment());
    }

    /// Iterates once and looks how good the policy is.
    ///
    /// @return true where it is better than ever
    private boolean iterate(long before) throws IOException {
        long began = System.nanoTime();
        iteration.of(current.parts().algorithm());
        pace.iterated(System.nanoTime() - began);
        swaps.iterated();
        long step = current.steps();
        if (before == 0 && step - current.plan().steps() > current.plan().steps()) {
            chronicle.note(
                    String.format(Locale.ROOT, "one iteration of %s is %,d steps; the run took %,d instead of %,d",
                            current.plan().algorithm().name(), step, step, current.plan().steps()));
        }
        return appraisal.better(before, step, swaps);
    }

    /// Writes a checkpoint where one is due. On probation nothing is written that there might be no way back from.
    private void keep(Optional<State> environment, long now, boolean best) throws IOException {
        if (swaps.onProbation()) {
            if (best) {
                swaps.keepBest(snapshot(environment));
            }
        } else if (requests.takeCheckpoint() || checkpoints.due(now) || best) {
            checkpoints.write(current.steps(), () -> snapshot(environment), best);
        }
    }

    private State snapshot(Optional<State> environment) {
        return snapshots.take(current.savingMoves() ? environment : current.parts().saveEnvironment());
    }

    private boolean changeDue() {
        return requests.changeWanted() && !swaps.onProbation();
    }

    /// Makes the change that has waited longest.
    ///
    /// @param environment its state
    private void change(Optional<State> environment) throws IOException {
        Change change = requests.takeChange().orElseThrow();
        try {
            make(change, environment);
        } catch (Throwable thrown) { // plug-ins may throw anything; whoever waits for the answer must not wait forever
            change.ended();
            throw thrown;
        }
    }

    private void make(Change change, Optional<State> environment) throws IOException {
        switch (change) {
            case Change.Look look -> look.answer().complete(Optional.of(swaps.look(environment)));
            case Change.Weigh weigh -> weighing.weigh(weigh);
            case Change.Swap swap when swap.basis() == current.plan() -> swaps.begin(swap, environment);
            case Change.Release release when release.basis() == current.plan() ->
                    withdrawal.release(release, environment);
            case Change.Refusable outdated -> outdated.answer().complete(Optional.empty());
        }
    }

    private void pause() throws IOException, InterruptedException {
        clock.stop();
        board.publish(Phase.PAUSED);
        recorders.flush(); // the journal tells of earlier swaps first
        chronicle.add("paused", Map.of());
        while (requests.pauseWanted() && !current.waiting()) {
            boolean free = !swaps.onProbation();
            boolean savingMoves = current.savingMoves();
            current.glance();
            requests.awaitWhilePaused(!savingMoves && free, free);
            if (!savingMoves && free && requests.takeCheckpoint()) {
                checkpoints.write(current.steps(), () -> snapshot(Optional.empty()), false);
            }
            if (changeDue()) {
                change(current.parts().saveEnvironment());
            }
        }
        if (current.waiting()) {
            return;
        }
        clock.start();
        if (!requests.stopWanted()) {
            chronicle.add("proceeded", Map.of());
            board.publish(Phase.RUNNING);
        }
    }

    private Result end(boolean finished, Optional<State> environment) throws IOException, InterruptedException {
        boolean kept = swaps.settle();
        if (!current.waiting() && (checkpoints.lastStep() != current.steps() || requests.takeCheckpoint())) {
            checkpoints.write(current.steps(),
                    () -> kept ? snapshot(environment) : snapshots.take(current.parts().saveEnvironment()), false);
        }
        return ended(finished);
    }

    private Result ended(boolean finished) throws IOException, InterruptedException {
        if (finished && films.isPresent()) {
            films.get().await();
        }
        checkpoints.await();
        recorders.flush();
        clock.stop();
        EpisodeStatistics statistics = current.statistics();
        chronicle.add(finished ? "finished" : "stopped", Map.of("episodes", statistics.episodes(), "meanReturn",
                statistics.meanReturn(), "seconds", clock.seconds()));
        return new Result(path, finished, statistics.steps(), statistics.episodes(), statistics.meanReturn(),
                statistics.threshold(), statistics.stepsToThreshold(), clock.seconds());
    }

    /// Closes what a swap that has not been proved left open.
    ///
    /// @param reason what ended the experiment
    void abandonSwap(Throwable reason) {
        swaps.abandon(reason);
    }
}
