package dev.limber.api.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs studies, and compares runs that exist.
///
/// Every method throws [dev.limber.api.plugin.UsageException] for what cannot be, before anything is written.
public interface Studies {

    /// Reads a study file, YAML or JSON, without judging what it says.
    ///
    /// @return maps, lists, texts, numbers and truth values
    Map<String, Object> read(Path file);

    /// Starts a study on threads of its own. What its folder holds of it already is kept: finished runs stay, unfinished
    /// ones go on from their newest checkpoint.
    Study start(StudySpec spec, StudyListener listener);

    /// Compares runs, grouped by environment, algorithm and the options in which they differ.
    ///
    /// @param runs the runs' directories
    /// @param episodes greedy episodes per run; a run that was evaluated so is not played again
    /// @param out where to write table and pictures; empty for nowhere
    Comparison compare(List<Path> runs, int episodes, Optional<Path> out);
}
