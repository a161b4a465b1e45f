package dev.limber.experiment.loop;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.SpaceFit;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.util.Optional;

/// Gives up plug-ins that are removed, with nothing in their place, keeps the state, and goes on with others that fit.
final class Withdrawal {

    private final Current current;
    private final Snapshots snapshots;
    private final Chronicle chronicle;
    private final Checkpointing checkpoints;
    private final RunDirectory directory;
    private final Requests requests;
    private final Clock clock;
    private final StatusBoard board;
    private Optional<State> safe = Optional.empty();

    Withdrawal(Current current, Snapshots snapshots, Chronicle chronicle, Checkpointing checkpoints,
            RunDirectory directory, Requests requests, Clock clock, StatusBoard board) {
        this.current = current;
        this.snapshots = snapshots;
        this.chronicle = chronicle;
        this.checkpoints = checkpoints;
        this.directory = directory;
        this.requests = requests;
        this.clock = clock;
        this.board = board;
    }

    /// Closes everything, with its state safe in memory and on the disk. Afterwards nothing holds on to what a plug-in has
    /// built, so that its classes can go.
    void release(Change.Release release, Optional<State> environment) throws IOException {
        State state = snapshots.take(environment);
        checkpoints.write(current.steps(), () -> state, false);
        checkpoints.await();
        safe = Optional.of(state);
        TrainingParts departing = current.release();
        clock.stop();
        try {
            departing.close();
        } catch (RuntimeException | Error e) {
            chronicle.note("what was removed did not close: " + FailureLine.of(e));
        }
        chronicle.add("withdrawn", Chronicle.details(release.origin(), release.what()));
        chronicle.tell("paused at step " + current.steps() + ": " + release.what() + " of " + release.origin().name()
                + " has been removed; it goes on when one that fits is deployed");
        board.publish(Phase.PAUSED);
        release.answer().complete(Optional.of(Verdict.ACCEPTED));
    }

    /// Waits for plug-ins that fit, where some are missing.
    ///
    /// @return false where the end is wanted instead
    boolean awaitPlugins() throws IOException, InterruptedException {
        while (current.waiting()) {
            requests.awaitChange();
            if (requests.stopWanted()) {
                return false;
            }
            switch (requests.takeChange().orElseThrow()) {
                case Change.Swap swap when swap.basis() == current.plan() -> {
                    try {
                        goOn(swap);
                    } finally {
                        swap.ended(); // where it has had no answer
                    }
                }
                case Change.Swap outdated -> outdated.answer().complete(Optional.empty());
                case Change other -> other.ended(); // nothing runs that it could be about
            }
        }
        return true;
    }

    private void goOn(Change.Swap swap) throws IOException {
        TrainingParts others;
        try {
            SpaceFit.require(current.plan().environment().spec(), swap.plan().environment().spec());
            others = new TrainingParts(swap.plan(), chronicle::note);
            try {
                others.restore(safe.orElseThrow(), chronicle::note);
            } catch (RuntimeException | Error e) {
                others.close();
                throw e;
            }
        } catch (Throwable refusal) { // whatever plug-ins throw, the state stays safe
            String reason = FailureLine.of(refusal);
            chronicle.refused(swap.origin(), swap.what(), reason);
            swap.answer().complete(Optional.of(Verdict.refused(reason)));
            return;
        }
        safe = Optional.empty();
        current.use(others);
        clock.start();
        directory.update(current.plan());
        chronicle.add("swapped", Chronicle.details(swap.origin(), swap.what()));
        chronicle.tell("goes on at step " + current.steps() + " with " + swap.origin().name() + " "
                + swap.origin().version());
        board.publish(Phase.RUNNING);
        swap.answer().complete(Optional.of(Verdict.ACCEPTED));
    }
}
