package dev.limber.api.study;

import java.nio.file.Path;
import java.util.List;

/// Runs side by side.
///
/// @param table for people, in Markdown, with what its columns mean
/// @param files that were written
/// @param notes lines the user should know: what is missing, and why
public record Comparison(String table, List<Path> files, List<String> notes) {

    /// Copies the lists.
    public Comparison {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }
}
