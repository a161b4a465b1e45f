package dev.limber.experiment.plan;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;

/// Whether what was learned in one environment can act in another.
public final class SpaceFit {

    private SpaceFit() {}

    /// Throws unless it can.
    ///
    /// @param learned what the policy was built for
    /// @param other where it is to act
    /// @throws UsageException naming the first space that differs: "observation has 5 values, the policy was built for 4"
    public static void require(EnvironmentSpec learned, EnvironmentSpec other) {
        require("observation", "values", learned.observation(), other.observation());
        if (!learned.image().equals(other.image())) {
            throw new UsageException("image is " + other.image().map(Object::toString).orElse("missing")
                    + ", the policy was built for " + learned.image().map(Object::toString).orElse("none"));
        }
        require("action", "numbers", learned.action(), other.action());
    }

    private static void require(String what, String unit, Space learned, Space other) {
        if (learned instanceof Discrete before && other instanceof Discrete after) {
            if (before.n() != after.n()) {
                throw new UsageException(
                        what + " has " + after.n() + " choices, the policy was built for " + before.n());
            }
        } else if (learned.getClass() != other.getClass()) {
            throw new UsageException(what + " is " + other + ", the policy was built for " + learned);
        } else if (learned.size() != other.size()) {
            throw new UsageException(
                    what + " has " + other.size() + " " + unit + ", the policy was built for " + learned.size());
        }
    }
}
