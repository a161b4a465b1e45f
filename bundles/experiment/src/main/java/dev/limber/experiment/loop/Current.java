package dev.limber.experiment.loop;

import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.watch.Lookout;

/// What runs now. Belongs to the experiment's thread, which alone builds and changes it; the plan and whether plug-ins are
/// waited for may be read by any.
final class Current {

    private volatile Plan plan;
    private volatile boolean waiting;
    private volatile EpisodeStatistics statistics;
    private final Lookout lookout;
    private TrainingParts parts;

    /// @param plan what will run
    /// @param lookout looks at it
    Current(Plan plan, Lookout lookout) {
        this.plan = plan;
        this.lookout = lookout;
    }

    /// Runs with these parts from now on.
    void use(TrainingParts others) {
        parts = others;
        plan = others.plan();
        statistics = others.statistics();
        waiting = false;
        others.watchedBy(lookout);
    }

    /// Lets go of everything that a plug-in has built, and waits for others.
    ///
    /// @return what ran, to be closed
    TrainingParts release() {
        TrainingParts departing = parts;
        parts = null;
        lookout.release();
        plan = plan.detached();
        waiting = true;
        return departing;
    }

    /// Lets go of parts that were tried, and waits as before them.
    ///
    /// @param before the plan of then
    /// @param counted the counts of then
    void waitAgain(Plan before, EpisodeStatistics counted) {
        parts = null;
        lookout.release();
        plan = before;
        statistics = counted;
        waiting = true;
    }

    /// Weighs the reward as a plan says that differs from this one in nothing else; where nothing runs, that of what will.
    void weigh(Plan other) {
        if (built()) {
            parts.weigh(other);
        }
        plan = other;
    }

    /// Shows the moment to those who look and have seen nothing yet.
    void glance() {
        lookout.glance(steps());
    }

    TrainingParts parts() {
        return parts;
    }

    /// True where there are parts.
    boolean built() {
        return parts != null;
    }

    EpisodeStatistics statistics() {
        return statistics;
    }

    /// Environment steps taken; 0 before anything is built.
    long steps() {
        return statistics == null ? 0 : statistics.steps();
    }

    Plan plan() {
        return plan;
    }

    /// True where a plug-in that is needed has been removed.
    boolean waiting() {
        return waiting;
    }

    /// True where saving the environment may move it.
    boolean savingMoves() {
        return plan.environment().spec().snapshot() == Snapshot.CANONICAL;
    }
}
