package dev.limber.api.study;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A study to run.
///
/// @param description what a study file holds: maps, lists, texts, numbers and truth values
/// @param folder where runs and results go; a new one, or that of the study to go on with
/// @param parallel experiments at a time, each on one core; 0 for as many as there are cores
public record StudySpec(Map<String, Object> description, Path folder, int parallel) {

    /// Copies the map.
    public StudySpec {
        description = Collections.unmodifiableMap(new LinkedHashMap<>(description));
    }
}
