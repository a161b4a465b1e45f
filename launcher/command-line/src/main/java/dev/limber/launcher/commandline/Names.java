package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Forgives users their spelling.
final class Names {

    private static final int SUGGESTIONS = 3;

    private Names() {}

    /// The name itself where it is among the names, else the only one that differs in case alone.
    static Optional<String> match(String typed, Collection<String> names) {
        if (names.contains(typed)) {
            return Optional.of(typed);
        }
        List<String> alike = names.stream().filter(typed::equalsIgnoreCase).toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    /// As [#match], but an unknown name is left as it was typed, for the service behind to refuse.
    static String matchOrKeep(String typed, Collection<PluginInfo> plugins) {
        return match(typed, plugins.stream().map(PluginInfo::name).toList()).orElse(typed);
    }

    /// "did you mean 'a' or 'b'?" where something is near, else all that there is.
    static String suggest(String typed, Collection<String> names) {
        String word = typed.toLowerCase(Locale.ROOT);
        List<String> near = names.stream().filter(name -> near(word, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(name -> distance(word, name.toLowerCase(Locale.ROOT))))
                .limit(SUGGESTIONS).toList();
        if (near.isEmpty()) {
            return names.isEmpty() ? "there is none" : "there is " + String.join(", ", names);
        }
        return "did you mean " + String.join(" or ", near) + "?";
    }

    private static boolean near(String word, String name) {
        return word.length() > 2 && (name.contains(word) || word.contains(name))
                || distance(word, name) <= Math.max(1, Math.min(word.length(), name.length()) / 3);
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + replace,
                        Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
