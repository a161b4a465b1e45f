package dev.limber.api.gui;

import java.nio.file.Path;
import java.util.List;

/// Event: the journal of a run that is selected or compared has been read, or has grown.
///
/// @param folder of the run
/// @param entries what happened to it, oldest first; checkpoints are left out
public record JournalRead(Path folder, List<Journaled> entries) {

    /// Copies the list.
    public JournalRead {
        entries = List.copyOf(entries);
    }
}
