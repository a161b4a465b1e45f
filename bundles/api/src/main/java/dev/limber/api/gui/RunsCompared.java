package dev.limber.api.gui;

import java.nio.file.Path;
import java.util.List;

/// Event: other runs are to be overlaid.
///
/// @param folders of the runs
public record RunsCompared(List<Path> folders) {

    /// Copies the list.
    public RunsCompared {
        folders = List.copyOf(folders);
    }
}
