package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.experiment.plan.Plan;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What is to change in a running experiment, and the answer to whoever wants it. The answer is empty where the plan has
/// changed since the change was thought out: think again.
sealed interface Change {

    /// Answers.
    CompletableFuture<Optional<Verdict>> answer();

    /// Other plug-ins take over.
    ///
    /// @param basis the plan that this was thought out for
    /// @param plan the plan with the new plug-ins
    /// @param origin where they come from
    record Swap(Plan basis, Plan plan, Arrival origin, CompletableFuture<Optional<Verdict>> answer)
            implements
            Change {}

    /// Plug-ins go, and there is nothing to take their place.
    ///
    /// @param basis the plan that this was thought out for
    /// @param what which plug-ins, for the user: "algorithm a2c"
    /// @param origin where they come from
    record Release(Plan basis, String what, Arrival origin, CompletableFuture<Optional<Verdict>> answer)
            implements
            Change {}

    /// A term of the reward gets another weight.
    record Weigh(String term, double weight, CompletableFuture<Optional<Verdict>> answer) implements Change {}
}
