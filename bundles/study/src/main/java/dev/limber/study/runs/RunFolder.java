package dev.limber.study.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.plugin.UsageException;
import dev.limber.study.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// A run as its directory tells it, at the moment of reading.
///
/// @param folder the directory
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param options every option by its full name, as text: `algorithm.lr`, `environment.mass`, `runner.normalizer`, and
///        `copies`
/// @param seed what all randomness comes from
/// @param steps environment steps to take
/// @param checkpointStep steps of the newest checkpoint; -1 where there is none
/// @param threshold mean return from which the task counts as solved; empty where the environment names none, or where
///        the reward is not the environment's own
/// @param stepsToThreshold steps at which training passed that; -1 where it has not
/// @param seconds time spent running [s]; NaN where it is not known
/// @param failure why it failed, where that is the last thing it did
public record RunFolder(Path folder, String environment, String algorithm, SequencedMap<String, String> options,
        long seed, long steps, long checkpointStep, OptionalDouble threshold, long stepsToThreshold, double seconds,
        Optional<String> failure) {

    private static final String DESCRIPTION = "run.json";
    private static final String JOURNAL = "journal.jsonl";

    /// Copies the map.
    public RunFolder {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    /// Whether there is a run.
    public static boolean exists(Path folder) {
        return Files.isRegularFile(folder.resolve(DESCRIPTION));
    }

    /// Reads it.
    ///
    /// @throws UsageException where it is no run
    public static RunFolder read(Path folder) {
        if (!exists(folder)) {
            throw new UsageException(folder + " is no run: it has no " + DESCRIPTION);
        }
        try {
            Map<String, Object> json = JSON.std.mapFrom(Files.readString(folder.resolve(DESCRIPTION)));
            Map<?, ?> environment = (Map<?, ?>) json.get("environment");
            Map<?, ?> algorithm = (Map<?, ?>) json.get("algorithm");
            var options = new LinkedHashMap<String, String>();
            add(options, "algorithm.", algorithm.get("options"));
            add(options, "environment.", environment.get("options"));
            add(options, "reward.", environment.get("reward"));
            if (json.get("normalizer") instanceof Map<?, ?> normalizer) {
                add(options, "normalizer.", normalizer.get("options"));
            }
            add(options, "runner.", ((Map<?, ?>) json.get("runner")).get("options"));
            options.put("copies", json.get("copies").toString());
            History history = history(folder.resolve(JOURNAL));
            return new RunFolder(folder, environment.get("name").toString(), algorithm.get("name").toString(), options,
                    ((Number) json.get("seed")).longValue(), ((Number) json.get("steps")).longValue(),
                    history.checkpointStep,
                    json.get("rewardThreshold") instanceof Number threshold
                            ? OptionalDouble.of(threshold.doubleValue())
                            : OptionalDouble.empty(),
                    history.stepsToThreshold, history.seconds,
                    Optional.ofNullable(history.failure));
        } catch (JacksonException | NullPointerException | ClassCastException e) {
            throw new UsageException(
                    folder.resolve(DESCRIPTION) + " does not describe a run that this version can read");
        } catch (IOException e) {
            throw new UsageException("run " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static void add(Map<String, String> options, String prefix, Object values) {
        ((Map<?, ?>) values).forEach((name, entry) -> {
            Object value = ((Map<?, ?>) entry).get("value");
            options.put(prefix + name, value instanceof Double number ? NumberText.shortest(number) : value.toString());
        });
    }

    /// Whether it has taken that many steps, and a checkpoint has kept them.
    public boolean trained(long target) {
        return checkpointStep >= target;
    }

    private static final class History {
        long checkpointStep = -1;
        long stepsToThreshold = -1;
        double seconds = Double.NaN;
        String failure;
    }

    private static History history(Path journal) throws IOException {
        var history = new History();
        List<String> lines = Files.exists(journal) ? Files.readAllLines(journal) : List.of();
        for (String line : lines) {
            Map<String, Object> event;
            try {
                event = JSON.std.mapFrom(line);
            } catch (JacksonException e) {
                continue; // the last line of a process that was killed
            }
            switch (String.valueOf(event.get("event"))) {
                case "checkpoint" -> history.checkpointStep = ((Number) event.get("step")).longValue();
                case "threshold" -> history.stepsToThreshold = ((Number) event.get("stepsToThreshold")).longValue();
                case "finished", "stopped" -> {
                    history.seconds = ((Number) event.get("seconds")).doubleValue();
                    history.failure = null;
                }
                case "started", "resumed" -> history.failure = null;
                case "failed" -> history.failure = String.valueOf(event.get("message"));
                default -> {
                    // notes, pauses and evaluations matter to others
                }
            }
        }
        return history;
    }
}
