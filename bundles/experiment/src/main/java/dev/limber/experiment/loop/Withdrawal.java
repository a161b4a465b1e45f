package dev.limber.experiment.loop;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.SpaceFit;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Gives up plug-ins that are removed, with nothing in their place, keeps the state, and waits for others that fit.
final class Withdrawal {

    private final Current current;
    private final Snapshots snapshots;
    private final Chronicle chronicle;
    private final Checkpointing checkpoints;
    private final SwapTransaction swaps;
    private final Weighing weighing;
    private final Requests requests;
    private final Clock clock;
    private final StatusBoard board;
    private Optional<Waiting> wait = Optional.empty();

    Withdrawal(Current current, Snapshots snapshots, Chronicle chronicle, Checkpointing checkpoints,
            SwapTransaction swaps, Weighing weighing, Requests requests, Clock clock, StatusBoard board) {
        this.current = current;
        this.snapshots = snapshots;
        this.chronicle = chronicle;
        this.checkpoints = checkpoints;
        this.swaps = swaps;
        this.weighing = weighing;
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
        close(current.release(), "what was removed");
        chronicle.add("withdrawn", Chronicle.details(release.origin(), release.what()));
        chronicle.tell("paused at step " + current.steps() + ": " + release.what() + " of " + release.origin().name()
                + " has been removed; it goes on when one that fits is deployed");
        new Waiting(state, current.plan(), current.statistics()).begin();
        release.answer().complete(Optional.of(Verdict.ACCEPTED));
    }

    private void close(TrainingParts parts, String what) {
        try {
            parts.close();
        } catch (Throwable e) { // of a plug-in that goes anyway
            chronicle.note(what + " did not close: " + FailureLine.of(e));
        }
    }

    /// Waits for plug-ins that fit, where some are missing.
    ///
    /// @return false where the end is wanted instead
    boolean awaitPlugins() throws InterruptedException {
        while (current.waiting()) {
            requests.awaitChange();
            if (requests.stopWanted()) {
                return false;
            }
            Change change = requests.takeChange().orElseThrow();
            try {
                make(change, wait.orElseThrow());
            } catch (Throwable thrown) { // whoever waits for the answer must not wait forever
                change.ended();
                throw thrown;
            }
        }
        return true;
    }

    private void make(Change change, Waiting waiting) {
        switch (change) {
            case Change.Look look -> look.answer().complete(Optional.of(waiting.state));
            case Change.Swap swap when swap.basis() == current.plan() -> {
                waiting.wanted = swap.basis();
                swaps.goOn(swap, waiting);
                if (!current.waiting()) {
                    waiting.end();
                }
            }
            case Change.Swap outdated -> outdated.answer().complete(Optional.empty());
            case Change.Weigh weigh -> weighing.weigh(weigh);
            case Change other -> other.ended(); // nothing runs that it could be about
        }
    }

    /// Nothing runs, and the state is safe.
    private final class Waiting implements Predecessor {

        private final State state;
        private final Plan plan;
        private final EpisodeStatistics statistics;
        /// What is waited for, where weights were set meanwhile.
        private Plan wanted;

        Waiting(State state, Plan plan, EpisodeStatistics statistics) {
            this.state = state;
            this.plan = plan;
            this.statistics = statistics;
            wanted = plan;
        }

        void begin() {
            wait = Optional.of(this);
            clock.stop();
            board.publish(Phase.PAUSED);
        }

        void end() {
            wait = Optional.empty();
            clock.start();
            board.publish(Phase.RUNNING);
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public TrainingParts successor(Plan next, Consumer<String> notes) {
            SpaceFit.require(plan.environment().spec(), next.environment().spec());
            var parts = new TrainingParts(next, notes);
            try {
                parts.restore(plan, state, notes);
                parts.metrics().rememberNumbers();
                return parts;
            } catch (Throwable refusal) {
                close(parts, "what was refused");
                throw refusal;
            }
        }

        @Override
        public void comeBack(TrainingParts givenUp) {
            current.waitAgain(wanted, statistics);
            close(givenUp, "what was given up");
            begin();
        }

        @Override
        public void leave(TrainingParts proved) {
            // nothing is open
        }

        @Override
        public String describe(Change.Swap swap, Map<String, Object> details) {
            return "goes on with " + swap.origin().name() + " " + swap.origin().version();
        }
    }
}
