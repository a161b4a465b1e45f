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

/// Has other plug-ins take over between two iterations: snapshot, build, restore, switch; then probation; then either what
/// was before goes, or it comes back where it was. What is measured on probation is recorded and told when there is no way
/// back from it.
final class SwapTransaction implements Findings {

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

    /// Switches from the parts that run to others, or refuses them.
    ///
    /// @param environment the state of the environment now
    /// @throws NoWayBackException where the old ones cannot go on either
    void begin(Change.Swap swap, Optional<State> environment) {
        standstill.begin();
        // Lent is enough: the old algorithm rests until it goes or goes on from here.
        begin(swap, new RunningParts(current.parts(), snapshots.lend(environment), current, chronicle));
    }

    /// Goes on with other parts where none run, or refuses them.
    void goOn(Change.Swap swap, Predecessor waiting) {
        standstill.forget();
        standstill.begin();
        begin(swap, waiting);
    }

    private void begin(Change.Swap swap, Predecessor before) {
        TrainingParts others;
        try {
            others = before.successor(swap.plan(), chronicle::note);
        } catch (NoWayBackException stuck) {
            refuse(swap, stuck.getMessage());
            recorders.flush(); // the answer is given before the experiment ends
            throw stuck;
        } catch (Throwable refusal) { // whatever plug-ins throw, what was before is as it was
            refuse(swap, FailureLine.of(refusal));
            return;
        }
        Map<String, Object> details = Chronicle.details(swap.origin(), swap.what());
        String described = before.describe(swap, details);
        probation = Optional.of(new Probation(swap, before, appraisal.mark()));
        current.use(others);
        if (!swap.basis().environment().sameReward(swap.plan().environment())) {
            appraisal.rewardChanged();
        }
        details.put("meanReturn", current.statistics().meanReturn());
        details.put("iterationMillis", pace.meanMillis());
        pace.watch();
        long step = current.steps();
        afterwards(() -> {
            chronicle.add(step, "swapped", details);
            chronicle.tell(described + " at step " + step);
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

    /// Records a row.
    void record(MetricsRow row) {
        lastingly(() -> recorders.record(row));
    }

    @Override
    public void found(String event, Map<String, ?> details, String told) {
        long step = current.steps();
        lastingly(() -> afterwards(() -> {
            chronicle.add(step, event, details);
            if (!told.isEmpty()) {
                chronicle.tell(told);
            }
        }));
    }

    /// Does something as soon as there is no way back from it.
    private void lastingly(Runnable action) {
        if (probation.isPresent()) {
            probation.get().kept.add(action);
        } else {
            action.run();
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
    /// @return false where there is again what was before
    boolean settle() throws IOException {
        if (probation.isEmpty()) {
            return true;
        }
        standstill.begin();
        Probation passed = probation.get();
        TrainingParts parts = current.parts();
        try {
            NotANumber.require(parts.algorithm().lend(), passed.before.state().state("algorithm"));
            if (!current.savingMoves()) {
                parts.saveEnvironment(); // the next checkpoint must not be what fails
            }
        } catch (Throwable bad) { // plug-ins may throw anything
            goBack(FailureLine.of(bad));
            return false;
        }
        probation = Optional.empty();
        try {
            passed.before.leave(parts);
        } catch (Throwable e) { // of a plug-in that goes anyway
            chronicle.note("what was replaced did not close: " + FailureLine.of(e));
        }
        passed.kept.forEach(Runnable::run);
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

    /// Gives the new parts up, for what was before.
    ///
    /// @throws NoWayBackException where that cannot go on, which ends the experiment
    void goBack(String reason) {
        Probation failed = probation.orElseThrow();
        long step = current.steps();
        probation = Optional.empty();
        try {
            failed.before.comeBack(current.parts());
        } catch (Throwable thrown) { // out of plug-ins too
            var stuck = new NoWayBackException(reason, step, thrown);
            refuse(failed.swap, stuck.getMessage());
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
                open.before.leave(current.parts());
            } catch (Throwable e) {
                reason.addSuppressed(e);
            }
            open.swap.answer().complete(
                    Optional.of(Verdict.refused("the experiment failed: " + FailureLine.of(reason))));
        }
    }
}
