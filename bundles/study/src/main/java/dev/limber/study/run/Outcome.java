package dev.limber.study.run;

import dev.limber.study.table.ScoredRun;

/// What came of a piece of work.
sealed interface Outcome {

    /// Trained and scored.
    record Scored(Trial trial, ScoredRun run) implements Outcome {}

    /// Asked to stop before.
    record Stopped() implements Outcome {}

    /// Threw.
    ///
    /// @param message one line
    record Failed(Trial trial, String message) implements Outcome {}
}
