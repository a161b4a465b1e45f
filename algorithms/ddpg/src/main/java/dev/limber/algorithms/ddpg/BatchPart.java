package dev.limber.algorithms.ddpg;

import dev.limber.learning.tensor.TensorContext;

/// The part of a batch that one thread differentiates, with the networks as that thread sees them. What is differentiated
/// each algorithm says itself, and leaves the numbers to report in the fields.
abstract class BatchPart {

    final Minibatch batch;
    final NetworkTensors actor;
    final NetworkTensors critics;
    double criticLoss;
    double value;
    double actorLoss;

    /// @param tensors of the thread that calls this
    BatchPart(ReplayLearner learner, int index, TensorContext tensors) {
        batch = learner.minibatch(index, tensors);
        actor = new NetworkTensors(tensors, learner.actor(), learner.actor().view(index));
        critics = new NetworkTensors(tensors, learner.critics(), learner.critics().view(index));
    }

    /// Draws what is random in the critics' loss, on the learner's thread.
    void drawForCritics() {}

    /// Draws what is random in the actor's loss, on the learner's thread.
    void drawForActor() {}

    /// Writes the gradient of the critics' loss, and [#criticLoss] and the [#value] of remembered actions.
    abstract void differentiateCritics();

    /// Writes the gradient of the actor's loss, and [#actorLoss].
    abstract void differentiateActor();

    /// Shows the tensors what was written to the parameters.
    final void refresh() {
        actor.refresh();
        critics.refresh();
    }
}
