package dev.limber.launcher.gui.timeline;

import java.util.Optional;

/// Event: something else is watched.
///
/// @param observed what; empty where nothing is
public record Observing(Optional<Observed> observed) {}
