package dev.limber.api.gui;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Event: something happened to a run that runs in this process, as its journal tells it: a swap, a new weight, a note.
///
/// @param folder of the run
/// @param time when
/// @param step environment steps taken
/// @param event what happened: "swapped"
/// @param details more about it
public record Journaled(Path folder, Instant time, long step, String event, Map<String, Object> details) {

    /// Copies the map.
    public Journaled {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
