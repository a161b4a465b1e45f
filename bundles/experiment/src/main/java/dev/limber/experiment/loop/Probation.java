package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The first iterations of parts that have taken over, and the way back.
final class Probation {

    /// Iterations until new parts count as proved.
    static final int ITERATIONS = 3;

    final Change.Swap swap;
    final Predecessor before;
    final Appraisal.Mark mark;
    /// What is recorded and told when there is no way back any more.
    final List<Runnable> kept = new ArrayList<>();
    /// A checkpoint of the best policy that is written then.
    Optional<State> best = Optional.empty();
    long bestStep;
    private int left = ITERATIONS;

    /// @param before what is gone back to
    Probation(Change.Swap swap, Predecessor before, Appraisal.Mark mark) {
        this.swap = swap;
        this.before = before;
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
