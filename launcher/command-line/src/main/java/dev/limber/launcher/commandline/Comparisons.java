package dev.limber.launcher.commandline;

import dev.limber.api.study.Comparison;

/// Prints tables of runs.
final class Comparisons {

    private Comparisons() {}

    /// The table, what should be known of it, and which files there are.
    static void print(Comparison comparison, Terminal terminal) {
        terminal.out().print(comparison.table());
        comparison.notes().forEach(note -> terminal.err().println("limber: " + note));
        comparison.files().forEach(file -> terminal.out().println("wrote " + Paths.shown(file)));
    }
}
