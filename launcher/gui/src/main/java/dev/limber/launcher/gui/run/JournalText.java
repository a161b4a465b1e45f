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
            case "swapped" -> Optional.of(part(entry) + " took over" + from(entry));
            case "proved" -> Optional.of(part(entry) + " has proved itself");
            case "refused" -> Optional.of(part(entry) + " was refused: " + text(entry, "reason"));
            case "withdrawn" -> Optional.of("waits: " + part(entry) + " was removed");
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

    /// The part that is replaced, and the version that it comes in.
    private static String part(Journaled entry) {
        String what = text(entry, "what");
        return (what.equals("all") ? text(entry, "bundle") : what) + " " + text(entry, "version");
    }

    /// The version before; the bundle too where it is another.
    private static String from(Journaled entry) {
        String from = text(entry, "from");
        String same = text(entry, "bundle") + " ";
        return from.isEmpty() ? "" : " from " + (from.startsWith(same) ? from.substring(same.length()) : from);
    }

    private static String text(Journaled entry, String name) {
        Object value = entry.details().get(name);
        return value == null ? "" : value.toString();
    }
}
