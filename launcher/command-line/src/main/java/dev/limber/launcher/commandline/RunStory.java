package dev.limber.launcher.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells what happened to a run in plain sentences.
///
/// @param curve step and mean return of the last 100 episodes, row by row
record RunStory(List<double[]> curve) {

    /// One sentence for each event that users care about. Checkpoints and evaluations only show in the curve.
    List<String> tell(List<Map<String, Object>> events) {
        var story = new ArrayList<String>();
        for (Map<String, Object> event : events) {
            sentence(event).ifPresent(sentence -> story.add(when(event) + "  " + sentence));
        }
        return story;
    }

    private static String when(Map<String, Object> event) {
        String time = text(event, "time").replaceFirst("T", " ").replaceFirst("\\..*", "");
        return time + "  step " + Numbers.grouped(step(event));
    }

    private Optional<String> sentence(Map<String, Object> event) {
        return switch (text(event, "event")) {
            case "started" -> Optional.of("It began: " + text(event, "algorithm") + " in " + text(event, "environment")
                    + ", seed " + text(event, "seed") + ", for " + text(event, "steps") + " steps.");
            case "resumed" -> Optional.of("Another process went on with it.");
            case "swapped" -> Optional.of(capital(text(event, "what")) + " of " + bundle(event) + " took over"
                    + (event.containsKey("from") ? " from " + text(event, "from")
                            : recorders(event) ? "" : " after a wait")
                    + "; "
                    + around(step(event)) + digest(event));
            case "proved" -> Optional.of(capital(text(event, "what")) + " of " + bundle(event)
                    + " has proved itself and stays.");
            case "refused" -> Optional.of(capital(text(event, "what")) + " of " + bundle(event) + " was refused: "
                    + text(event, "reason") + "." + digest(event));
            case "withdrawn" -> Optional.of(recorders(event)
                    ? capital(text(event, "what")) + " of " + bundle(event) + " recorded no more."
                    : "It paused: " + text(event, "what") + " of " + bundle(event) + " was removed.");
            case "weighed" -> Optional.of("Reward term " + text(event, "term") + " got the weight "
                    + text(event, "weight") + "; " + around(step(event)));
            case "threshold" -> Optional.of("It passed the environment's threshold at step "
                    + text(event, "stepsToThreshold") + ".");
            case "paused" -> Optional.of("It was paused.");
            case "proceeded" -> Optional.of("It went on.");
            case "stopped" -> Optional.of("It was stopped; " + around(step(event)));
            case "finished" -> Optional.of("It took its last step; " + around(step(event)));
            case "failed" -> Optional.of("It failed: " + text(event, "message") + ".");
            case "note" -> Optional.of(capital(text(event, "message")) + ".");
            default -> Optional.empty();
        };
    }

    /// How the run went just before a step and just after it.
    private String around(double step) {
        Optional<double[]> before = curve.stream().filter(row -> row[0] <= step).reduce((first, second) -> second);
        Optional<double[]> after = curve.stream().filter(row -> row[0] > step).findFirst();
        return "the mean return of the last 100 episodes was "
                + before.map(row -> Numbers.oneDecimal(row[1])).orElse("not known yet") + after.map(
                        row -> ", and " + Numbers.oneDecimal(row[1]) + " at step " + Numbers.grouped((long) row[0]))
                        .orElse("")
                + ".";
    }

    private static String bundle(Map<String, Object> event) {
        return text(event, "bundle") + " " + text(event, "version");
    }

    /// True where it is about what no run waits for.
    private static boolean recorders(Map<String, Object> event) {
        return text(event, "what").startsWith("recorder ");
    }

    private static String digest(Map<String, Object> event) {
        String digest = text(event, "sha256");
        return digest.isEmpty() ? "" : " (SHA-256 " + digest.substring(0, Math.min(12, digest.length())) + ")";
    }

    private static long step(Map<String, Object> event) {
        return event.get("step") instanceof Number step ? step.longValue() : 0;
    }

    private static String text(Map<String, Object> event, String name) {
        Object value = event.get(name);
        return value == null ? "" : value.toString();
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
