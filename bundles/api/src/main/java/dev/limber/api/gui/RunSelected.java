package dev.limber.api.gui;

import java.util.Optional;

/// Event: another run has been selected.
///
/// @param run the run; empty where none is
public record RunSelected(Optional<Run> run) {}
