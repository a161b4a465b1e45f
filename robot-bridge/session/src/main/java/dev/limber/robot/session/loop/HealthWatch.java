package dev.limber.robot.session.loop;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.session.realtime.Pace;
import java.util.Optional;

/// Reads the drives' health about once a second, where it fits into what is left of a cycle. It tells what a measurement does not: that a drive
/// has lost its power for a moment, and answers as if nothing had happened.
final class HealthWatch {

    private static final long EVERY = 1_000_000_000;
    /// How many times the time that asking takes at least must be left of a cycle.
    private static final int MARGIN = 2;

    private final Robot robot;
    private final Pace pace;
    private final DriveHealth health;
    private long due;
    private long takes;

    HealthWatch(Robot robot, Pace pace, int joints) {
        this.robot = robot;
        this.pace = pace;
        health = DriveHealth.ofJoints(joints);
        due = pace.nanoTime();
    }

    /// Reads it where it is time to.
    ///
    /// @param hurried whether the cycle has to end in time
    /// @param end of the cycle [ns]
    /// @return what a drive complains of; empty where it was not read, or none does
    Optional<String> look(boolean hurried, long end) {
        long now = pace.nanoTime();
        if (now - due < 0 || hurried && now + MARGIN * takes - end > 0) {
            return Optional.empty();
        }
        due = now + EVERY;
        try {
            robot.readHealth(health);
            long took = pace.nanoTime() - now;
            takes = takes == 0 ? took : Math.min(takes, took); // One look that was held up must not end all others.
            return complaint();
        } catch (RobotException e) {
            return e.kind() == Kind.DRIVE_FAULT ? Optional.of(fault(e.getMessage())) : Optional.empty();
        } catch (Throwable ignored) {
            return Optional.empty(); // A driver that fails fails in measurements as well.
        }
    }

    private Optional<String> complaint() {
        for (int i = 0; i < health.errors().length; i++) {
            String error = health.errors()[i];
            if (!error.isEmpty()) {
                return Optional.of(fault("joint '" + robot.spec().joints().get(i).name() + "': " + error));
            }
        }
        return Optional.empty();
    }

    private static String fault(String why) {
        return "a drive reports a fault: " + why;
    }

    /// A copy. It changes once a second and may be read while it does.
    DriveHealth copy() {
        return new DriveHealth(health.temperatures().clone(), health.voltages().clone(), health.errors().clone());
    }
}
