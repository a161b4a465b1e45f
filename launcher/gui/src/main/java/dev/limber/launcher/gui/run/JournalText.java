package dev.limber.launcher.gui.run;

import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.Logged.Level;
import java.util.Optional;

/// What a line of a journal says, in a few words.
public final class JournalText {

    private JournalText() {}

    /// The words; empty for what nobody needs to read.
    public static Optional<String> of(Journaled entry) {
        return switch (entry.event()) {
            case "started" -> Optional.of("began: " + text(entry, "algorithm") + " in " + text(entry, "environment")
                    + ", seed " + text(entry, "seed"));
            case "resumed" -> Optional.of("resumed");
            case "swapped" -> Optional.of(text(entry, "what") + " of " + bundle(entry) + " took over"
                    + (text(entry, "from").isEmpty() ? "" : " from " + text(entry, "from")));
            case "proved" -> Optional.of(text(entry, "what") + " of " + bundle(entry) + " has proved itself");
            case "refused" -> Optional.of(text(entry, "what") + " of " + bundle(entry) + " was refused: "
                    + text(entry, "reason"));
            case "withdrawn" -> Optional.of("waits: " + text(entry, "what") + " of " + bundle(entry)
                    + " was removed");
            case "weighed" -> Optional.of("reward term " + text(entry, "term") + " weighs " + text(entry, "weight"));
            case "threshold" -> Optional.of("passed the threshold at step " + text(entry, "stepsToThreshold"));
            case "evaluation" -> Optional.of("evaluated: mean return " + text(entry, "meanReturn"));
            case "paused", "proceeded", "stopped", "finished" -> Optional.of(entry.event());
            case "failed" -> Optional.of("failed: " + text(entry, "message"));
            case "note" -> Optional.of(text(entry, "message"));
            default -> Optional.empty();
        };
    }

    /// How much it matters.
    public static Level level(Journaled entry) {
        return switch (entry.event()) {
            case "failed" -> Level.ERROR;
            case "refused", "withdrawn" -> Level.WARNING;
            default -> Level.INFO;
        };
    }

    /// True for what happens to bundles.
    public static boolean swap(Journaled entry) {
        return switch (entry.event()) {
            case "swapped", "proved", "refused", "withdrawn" -> true;
            default -> false;
        };
    }

    private static String bundle(Journaled entry) {
        return text(entry, "bundle") + " " + text(entry, "version");
    }

    private static String text(Journaled entry, String name) {
        Object value = entry.details().get(name);
        return value == null ? "" : value.toString();
    }
}
