package dev.limber.experiment.loop;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The first iterations of parts that have taken over, and the way back.
final class Probation {

    /// Iterations until new parts count as proved.
    static final int ITERATIONS = 3;

    final Change.Swap swap;
    final TrainingParts before;
    final State snapshot;
    final Appraisal.Mark mark;
    /// Rows that are recorded when there is no way back any more.
    final List<MetricsRow> rows = new ArrayList<>();
    /// A checkpoint of the best policy that is written then.
    Optional<State> best = Optional.empty();
    long bestStep;
    private int left = ITERATIONS;

    /// @param before what is gone back to; kept open until then
    /// @param snapshot its state
    Probation(Change.Swap swap, TrainingParts before, State snapshot, Appraisal.Mark mark) {
        this.swap = swap;
        this.before = before;
        this.snapshot = snapshot;
        this.mark = mark;
    }

    /// Counts an iteration.
    void iterated() {
        left--;
    }

    /// True after the last one.
    boolean passed() {
        return left <= 0;
    }
}
