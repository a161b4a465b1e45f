package dev.limber.api.gui;

import java.util.List;

/// Event: a run has come, gone, or got on. Some ten times a second while one runs.
///
/// @param runs all of them, newest first
public record RunsChanged(List<Run> runs) {

    /// Copies the list.
    public RunsChanged {
        runs = List.copyOf(runs);
    }
}
