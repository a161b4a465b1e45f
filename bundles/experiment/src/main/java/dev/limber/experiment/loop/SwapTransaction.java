package dev.limber.experiment.loop;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Has other plug-ins take over between two iterations: snapshot, build, restore, switch; then probation; then either the
/// old parts go, or they go on from the snapshot.
final class SwapTransaction {

    private final Current current;
    private final Snapshots snapshots;
    private final Appraisal appraisal;
    private final Chronicle chronicle;
    private final Checkpointing checkpoints;
    private final RecorderThread recorders;
    private final RunDirectory directory;
    private final Pace pace;
    private Optional<Probation> probation = Optional.empty();
    private final Standstill standstill = new Standstill();

    SwapTransaction(Current current, Snapshots snapshots, Appraisal appraisal, Chronicle chronicle,
            Checkpointing checkpoints, RecorderThread recorders, RunDirectory directory, Pace pace) {
        this.current = current;
        this.snapshots = snapshots;
        this.appraisal = appraisal;
        this.chronicle = chronicle;
        this.checkpoints = checkpoints;
        this.recorders = recorders;
        this.directory = directory;
        this.pace = pace;
    }

    /// True while new parts may still be given up.
    boolean onProbation() {
        return probation.isPresent();
    }

    /// Takes the state of everything for a [Rehearsal].
    ///
    /// @param environment the state of the environment now
    State look(Optional<State> environment) {
        standstill.forget();
        standstill.begin();
        State snapshot = snapshots.take(environment);
        standstill.end();
        return snapshot;
    }

    /// Switches to other parts, or refuses them.
    ///
    /// @param environment the state of the environment now
    void begin(Change.Swap swap, Optional<State> environment) {
        standstill.begin();
        TrainingParts before = current.parts();
        State snapshot = snapshots.lend(environment); // the old algorithm rests until it goes or goes on from here
        before.metrics().rememberNumbers();
        TrainingParts others;
        try {
            others = new TrainingParts(swap.plan(), before, snapshot, chronicle::note);
        } catch (Throwable refusal) { // whatever plug-ins throw, the old ones go on
            refuse(swap, FailureLine.of(refusal));
            return;
        }
        Map<String, Object> details = Chronicle.details(swap.origin(), swap.what());
        details.put("from", swap.from());
        probation = Optional.of(new Probation(swap, before, snapshot, appraisal.mark()));
        current.use(others);
        details.put("meanReturn", current.statistics().meanReturn());
        details.put("iterationMillis", pace.meanMillis());
        pace.watch();
        long step = current.steps();
        afterwards(() -> {
            chronicle.add(step, "swapped", details);
            chronicle.tell(swap.what() + " of " + swap.origin().name() + " " + swap.origin().version()
                    + " takes over at step " + step);
        });
        standstill.end();
    }

    private void refuse(Change.Swap swap, String reason) {
        long step = current.steps();
        afterwards(() -> {
            chronicle.refused(step, swap.origin(), swap.what(), reason);
            swap.answer().complete(Optional.of(Verdict.refused(reason)));
        });
    }

    /// Has the journal written while training goes on already.
    private void afterwards(RecorderThread.Action action) {
        recorders.afterwards("the journal", action);
    }

    /// Looks at what an iteration on probation measured.
    ///
    /// @throws ArithmeticException naming a metric that has become NaN or infinite
    void iterated() {
        if (probation.isPresent()) {
            current.parts().metrics().requireNumbers();
            probation.get().iterated();
        }
    }

    /// Records a row, as soon as there is no way back from it.
    void record(MetricsRow row) {
        if (probation.isPresent()) {
            probation.get().rows.add(row);
        } else {
            recorders.record(row);
        }
    }

    /// Remembers the best policy, to be written as a checkpoint as soon as there is no way back from it.
    ///
    /// @param state from [Snapshots#take]
    void keepBest(State state) {
        Probation open = probation.orElseThrow();
        open.best = Optional.of(state);
        open.bestStep = current.steps();
    }

    /// Ends a probation that has lasted long enough.
    void settleWherePassed() throws IOException {
        if (probation.isPresent() && probation.get().passed()) {
            settle();
        }
    }

    /// Ends a probation for good where nothing speaks against it.
    ///
    /// @return false where the old parts run again
    boolean settle() throws IOException {
        if (probation.isEmpty()) {
            return true;
        }
        standstill.begin();
        Probation passed = probation.get();
        TrainingParts parts = current.parts();
        try {
            NotANumber.require(parts.algorithm().lend(), passed.snapshot.state("algorithm"));
            if (!current.savingMoves()) {
                parts.saveEnvironment(); // the next checkpoint must not be what fails
            }
        } catch (RuntimeException | Error bad) {
            goBack(FailureLine.of(bad));
            return false;
        }
        probation = Optional.empty();
        try {
            passed.before.closeBeside(parts);
        } catch (RuntimeException | Error e) {
            chronicle.note("what was replaced did not close: " + FailureLine.of(e));
        }
        passed.rows.forEach(recorders::record);
        if (passed.best.isPresent()) {
            try {
                checkpoints.write(passed.bestStep, passed.best::get, true);
            } catch (IOException full) { // not for what is proved now
                passed.swap.answer().complete(Optional.of(Verdict.ACCEPTED));
                throw full;
            }
        }
        Map<String, Object> details = Chronicle.details(passed.swap.origin(), passed.swap.what());
        details.put("slowestIterationMillis", pace.slowestMillis());
        standstill.end();
        standstill.describe(details);
        prove(passed.swap, parts.plan(), details);
        return true;
    }

    private void prove(Change.Swap swap, Plan plan, Map<String, Object> details) {
        long step = current.steps();
        recorders.afterwards("the description of the run", () -> directory.update(plan));
        afterwards(() -> {
            try {
                chronicle.add(step, "proved", details);
            } finally {
                swap.answer().complete(Optional.of(Verdict.ACCEPTED));
            }
        });
    }

    /// Gives the new parts up and goes on with the old ones where they were. Where those cannot, what they throw ends the
    /// experiment.
    void goBack(String reason) {
        Probation failed = probation.orElseThrow();
        TrainingParts parts = current.parts();
        long step = current.steps();
        probation = Optional.empty();
        boolean moved = parts.shareBatch(failed.before);
        try {
            parts.closeBeside(failed.before);
        } catch (RuntimeException | Error e) {
            chronicle.note("what was given up did not close: " + FailureLine.of(e));
        }
        current.use(failed.before);
        try {
            failed.before.goBack(failed.snapshot, moved, chronicle::note);
        } catch (RuntimeException | Error stuck) {
            refuse(failed.swap, reason + " (at step " + step + ", from where there is no way back: "
                    + FailureLine.of(stuck) + ")");
            throw stuck;
        }
        appraisal.goBack(failed.mark);
        refuse(failed.swap,
                reason + " (at step " + step + ", back at step " + current.steps() + ")");
    }

    /// Closes the old parts of a probation that the experiment does not outlast.
    ///
    /// @param reason what ended the experiment
    void abandon(Throwable reason) {
        if (probation.isPresent()) {
            Probation open = probation.get();
            probation = Optional.empty();
            try {
                open.before.closeBeside(current.parts());
            } catch (RuntimeException | Error e) {
                reason.addSuppressed(e);
            }
            open.swap.answer().complete(
                    Optional.of(Verdict.refused("the experiment failed: " + FailureLine.of(reason))));
        }
    }
}
