package dev.limber.robot.session.limiter;

/// Braking in steps: a velocity that is lowered by the same amount in every cycle, until there is none left.
final class Braking {

    private Braking() {}

    /// How far it still goes after a cycle with a velocity, the sum over n = 1, 2, ... of max(0, velocity - n step) cycleSeconds.
    ///
    /// @param velocity at least 0
    /// @param step the change of velocity per cycle, above 0
    static double way(double velocity, double step, double cycleSeconds) {
        double cycles = Math.floor(velocity / step);
        return cycles == 0 ? 0 : cycleSeconds * (cycles * velocity - step * cycles * (cycles + 1) / 2);
    }

    /// The highest velocity for the next cycle after which it can be brought to rest within a distance, that cycle's own way included.
    ///
    /// @param distance 0 where it is negative, infinite where there is no end
    /// @param step infinite where it may stop at once
    static double velocityWithin(double distance, double step, double cycleSeconds) {
        double far = Math.max(0, distance) / cycleSeconds;
        if (far == Double.POSITIVE_INFINITY || step == Double.POSITIVE_INFINITY) {
            return far;
        }
        double cycles = Math.floor((Math.sqrt(1 + 8 * far / step) - 1) / 2);
        return cycles == 0
                ? far
                : (far + step * cycles * (cycles + 1) / 2) / (cycles + 1);
    }
}
