package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads values of options, and writes numbers for people.
final class Numbers {

    private Numbers() {}

    /// A whole number, as `100000`, `100_000` or `1e5`.
    ///
    /// @throws UsageException where it is none, or is lower than `lowest`
    static long whole(String option, String text, long lowest) {
        try {
            long value = new BigDecimal(text.replace("_", "")).longValueExact();
            if (value >= lowest) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException wrong) {
            // Told below.
        }
        throw new UsageException(option + " takes a whole number" + (lowest == Long.MIN_VALUE ? "" : " from " + lowest)
                + ", not '" + text + "'");
    }

    /// As [#whole], for an `int`.
    static int count(String option, String text) {
        long value = whole(option, text, 1);
        if (value > Integer.MAX_VALUE) {
            throw new UsageException(option + " takes a whole number from 1 to " + Integer.MAX_VALUE + ", not '" + text
                    + "'");
        }
        return (int) value;
    }

    /// A size as `640x480`, width and height.
    static int[] size(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,3}")) {
            throw new UsageException(option + " takes WIDTHxHEIGHT, as 640x480, not '" + text + "'");
        }
        int x = text.indexOf('x');
        return new int[] {Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1))};
    }

    /// The numbers of a list as `0,0.1,-1e-3`.
    static List<Double> list(String option, String text) {
        var values = new ArrayList<Double>();
        for (String number : text.split(",", -1)) {
            try {
                double value = Double.parseDouble(number.strip());
                if (Double.isFinite(value)) {
                    values.add(value);
                    continue;
                }
            } catch (NumberFormatException wrong) {
                // Told below.
            }
            throw new UsageException(option + " takes numbers with commas between them, as 0,0,0.05,0, not '" + text
                    + "'");
        }
        return values;
    }

    /// Settings as `lr=3e-4`.
    ///
    /// @throws UsageException where one has no `=`, or a name is set twice
    static Map<String, String> settings(List<String> assignments) {
        var settings = new LinkedHashMap<String, String>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--set takes NAME=VALUE, as gamma=0.99, not '" + assignment + "'");
            }
            String name = assignment.substring(0, equals).strip();
            if (settings.put(name, assignment.substring(equals + 1).strip()) != null) {
                throw new UsageException("--set gives '" + name + "' two values");
            }
        }
        return settings;
    }

    /// "12,345"
    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// "12,345 cycles", "1 cycle"
    ///
    /// @param one what is counted, in the singular
    static String counted(long value, String one) {
        return grouped(value) + " " + one + (value == 1 ? "" : "s");
    }

    /// "123.4", or "-" for NaN
    static String oneDecimal(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    /// "0:07", "12:34", "1:02:03" for [s]
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
