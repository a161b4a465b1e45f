package dev.limber.robot.session.loop;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.Robot;
import dev.limber.robot.session.realtime.Pace;

/// Reads the drives' health about once a second, where it fits into what is left of a cycle.
final class HealthWatch {

    private static final long EVERY = 1_000_000_000;
    /// How many times the time that asking took must be left of a cycle.
    private static final int MARGIN = 2;

    private final Robot robot;
    private final Pace pace;
    private final DriveHealth health;
    private long due;
    private long took;

    HealthWatch(Robot robot, Pace pace, int joints) {
        this.robot = robot;
        this.pace = pace;
        health = DriveHealth.ofJoints(joints);
    }

    /// Reads it where it is time to.
    ///
    /// @param hurried whether the cycle has to end in time
    /// @param end of the cycle [ns]
    void look(boolean hurried, long end) {
        long now = pace.nanoTime();
        if (now < due || hurried && now + MARGIN * took > end) {
            return;
        }
        due = now + EVERY;
        try {
            robot.readHealth(health);
        } catch (Throwable ignored) {
            return; // What matters of it comes with the measurements.
        }
        took = pace.nanoTime() - now;
    }

    /// A copy. It changes once a second and may be read while it does.
    DriveHealth copy() {
        return new DriveHealth(health.temperatures().clone(), health.voltages().clone(), health.errors().clone());
    }
}
