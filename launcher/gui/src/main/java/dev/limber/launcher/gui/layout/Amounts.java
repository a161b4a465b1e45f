package dev.limber.launcher.gui.layout;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them.
public final class Amounts {

    private Amounts() {}

    /// A count with at most four digits: 950, 12.3k, 4.56M.
    public static String count(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size < 10_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size < 1e6) {
            return String.format(Locale.ROOT, size < 1e5 ? "%.1fk" : "%.0fk", value / 1e3);
        }
        return String.format(Locale.ROOT, size < 1e7 ? "%.2fM" : size < 1e8 ? "%.1fM" : "%.0fM", value / 1e6);
    }

    /// A measurement with one decimal; a dash where there is none.
    public static String decimal(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.1f", value) : "–";
    }

    /// A number as short as it can be without losing anything that matters: at most six significant digits.
    public static String precise(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") ? text.replaceFirst("\\.?0+e", "e") : text.replaceFirst("\\.?0+$", "");
    }

    /// How long ago or how long: 12 s, 3 min, 2 h, 5 d.
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
