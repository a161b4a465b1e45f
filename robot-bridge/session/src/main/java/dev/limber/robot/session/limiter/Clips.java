package dev.limber.robot.session.limiter;

import dev.limber.api.session.Limit;

/// How many commands each limit has changed, by joint.
public final class Clips {

    private static final Limit[] LIMITS = Limit.values();

    private final long[] counts;

    Clips(int joints) {
        counts = new long[joints * LIMITS.length];
    }

    void add(int joint, Limit limit) {
        counts[joint * LIMITS.length + limit.ordinal()]++;
    }

    /// How many commands of a joint a limit has changed.
    public long count(int joint, Limit limit) {
        return counts[joint * LIMITS.length + limit.ordinal()];
    }

    /// Adds up over all joints.
    ///
    /// @param target receives one number per limit, in the order of [Limit]
    public void totals(long[] target) {
        java.util.Arrays.fill(target, 0);
        for (int i = 0; i < counts.length; i++) {
            target[i % LIMITS.length] += counts[i];
        }
    }
}
