package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What is to happen between two iterations of a running experiment, and the answer to whoever wants it.
sealed interface Change {

    /// Answers that the experiment has ended.
    void ended();

    /// The state of everything is wanted. The answer is empty where there is nothing that runs.
    record Look(CompletableFuture<Optional<State>> answer) implements Change {

        @Override
        public void ended() {
            answer.complete(Optional.empty());
        }
    }

    /// A change that can be refused. The answer is empty where the plan has changed since it was thought out: think again.
    sealed interface Refusable extends Change {

        /// Answers.
        CompletableFuture<Optional<Verdict>> answer();

        @Override
        default void ended() {
            answer().complete(Optional.of(Verdict.ACCEPTED)); // nothing of it is in use
        }
    }

    /// Other plug-ins take over.
    ///
    /// @param basis the plan that this was thought out for
    /// @param plan the plan with the new plug-ins
    /// @param what which plug-ins, for the user: "algorithm a2c"
    /// @param from where those come from that go
    /// @param origin where those come from that take over
    record Swap(Plan basis, Plan plan, String what, String from, Arrival origin,
            CompletableFuture<Optional<Verdict>> answer)
            implements
            Refusable {

        static Swap of(Plan basis, Plan plan, Arrival origin) {
            return new Swap(basis, plan, basis.differences(plan), basis.versions(plan), origin,
                    new CompletableFuture<>());
        }
    }

    /// Plug-ins go, and there is nothing to take their place.
    ///
    /// @param basis the plan that this was thought out for
    /// @param what which plug-ins, for the user: "algorithm a2c"
    /// @param origin where they come from
    record Release(Plan basis, String what, Arrival origin, CompletableFuture<Optional<Verdict>> answer)
            implements
            Refusable {}

    /// A term of the reward gets another weight.
    record Weigh(String term, double weight, CompletableFuture<Optional<Verdict>> answer) implements Refusable {}
}
