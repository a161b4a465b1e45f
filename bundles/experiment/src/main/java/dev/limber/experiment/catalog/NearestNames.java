package dev.limber.experiment.catalog;

import dev.limber.api.plugin.UsageException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that a misspelt one may have meant.
public final class NearestNames {

    private NearestNames() {}

    /// The known names that are near, the nearest first, at most three.
    public static List<String> of(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, Math.min(3, wanted.length() / 3));
        record Candidate(String name, int distance) {}
        return known.stream().distinct().map(candidate -> {
            String other = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(wanted, other);
            boolean part = wanted.length() >= 3 && (other.contains(wanted) || wanted.contains(other));
            return new Candidate(candidate, part ? Math.min(distance, tolerance) : distance);
        }).filter(candidate -> candidate.distance <= tolerance)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name)).limit(3)
                .map(Candidate::name).toList();
    }

    /// The error for a name that there is not.
    ///
    /// @param what what was named, with its owner: "option 'lrr' of a2c"
    /// @param list what the known names are called: "Options"
    public static UsageException unknown(String what, String name, String list, Collection<String> known) {
        List<String> nearest = of(name, known);
        String meant = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
        String all = known.isEmpty() ? "none" : String.join(", ", known);
        return new UsageException("unknown " + what + meant + (meant.isEmpty() ? ". " : " ") + list + ": " + all);
    }

    /// Edit distance with neighbours swapped counting as one (optimal string alignment).
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
