package dev.limber.robot.testing;

import dev.limber.api.plugin.UsageException;
import java.util.Arrays;

/// What a bad line does, to each byte in either direction, and to answers.
///
/// @param drop probability that a byte is lost
/// @param flip probability that a bit of a byte is changed
/// @param duplicate probability that an answer comes twice
/// @param delay probability that an answer is late
/// @param delaySeconds how late [s]
/// @param seed of all chance
public record Faults(double drop, double flip, double duplicate, double delay, double delaySeconds, long seed) {

    /// A good line.
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0.005, 1);

    /// Checks that probabilities are some.
    public Faults {
        for (double probability : new double[] {drop, flip, duplicate, delay}) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new UsageException("a fault has probability " + probability + ", it must be 0 to 1");
            }
        }
    }

    /// Reads what a user typed: `drop=0.01,flip=0.01,duplicate=0.1,delay=0.1,seconds=0.005,seed=1`, each of which may be
    /// left out.
    ///
    /// @throws UsageException naming what cannot be read
    public static Faults parse(String text) {
        double[] values = {0, 0, 0, 0, NONE.delaySeconds};
        long seed = NONE.seed;
        var names = Arrays.asList("drop", "flip", "duplicate", "delay", "seconds");
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            String[] pair = part.strip().split("=", 2);
            int index = names.indexOf(pair[0]);
            try {
                if (pair.length == 2 && index >= 0) {
                    values[index] = Double.parseDouble(pair[1]);
                    continue;
                }
                if (pair.length == 2 && pair[0].equals("seed")) {
                    seed = Long.parseLong(pair[1]);
                    continue;
                }
            } catch (NumberFormatException notANumber) {
                throw new UsageException("fault '" + part + "' has no number after '='");
            }
            throw new UsageException("fault '" + part + "' is none of " + names + " or seed, each as name=number");
        }
        return new Faults(values[0], values[1], values[2], values[3], values[4], seed);
    }
}
