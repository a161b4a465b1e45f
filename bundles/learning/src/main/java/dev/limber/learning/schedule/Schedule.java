package dev.limber.learning.schedule;

import dev.limber.api.plugin.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a hyper-parameter changes from its first value over an experiment.
public enum Schedule {

    /// Keeps its first value.
    CONSTANT {
        @Override
        double shape(double progress) {
            return 1;
        }
    },

    /// Falls to 0 in a straight line.
    LINEAR {
        @Override
        double shape(double progress) {
            return 1 - progress;
        }
    },

    /// Falls to 0 along half a cosine: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
    /// ICLR 2017, equation 5, one cycle with a least rate of 0.
    COSINE {
        @Override
        double shape(double progress) {
            return 0.5 * (1 + Math.cos(Math.PI * progress));
        }
    };

    /// The schedule of that name, as users write it: `constant`, `linear`, `cosine`.
    ///
    /// @throws UsageException for another name
    public static Schedule named(String name) {
        for (Schedule schedule : values()) {
            if (schedule.toString().equals(name)) {
                return schedule;
            }
        }
        throw new UsageException("there is no schedule '" + name + "', use one of "
                + Arrays.stream(values()).map(Schedule::toString).collect(Collectors.joining(", ")));
    }

    /// What to multiply the first value by.
    ///
    /// @param progress the part of the experiment that is done: 0 at the start, 1 at the end and beyond
    /// @return 0 to 1
    public double factor(double progress) {
        return shape(Math.clamp(progress, 0, 1));
    }

    abstract double shape(double progress);

    /// The name as users write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
