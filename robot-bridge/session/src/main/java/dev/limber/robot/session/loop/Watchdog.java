package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.session.SessionSpec;

/// The watchdog of the drives, without which they are armed only where the user knows that.
final class Watchdog {

    private final SessionSpec spec;
    private final RobotSpec robotSpec;
    private volatile String text;

    Watchdog(SessionSpec spec, RobotSpec robotSpec) {
        this.spec = spec;
        this.robotSpec = robotSpec;
        text = switch (robotSpec.watchdog()) {
            case DriveWatchdog.None() -> "the drives have no watchdog: they go on with the last command";
            case DriveWatchdog.Fixed(double seconds) -> stopping(seconds);
            case DriveWatchdog.Settable _ -> "the drives have a watchdog, which is set on arming";
        };
    }

    private static String stopping(double seconds) {
        return "the drives stop by themselves after " + seconds + " s without a command";
    }

    /// One line for the user.
    String text() {
        return text;
    }

    /// Sets it, where that can be and it is no dry run.
    ///
    /// @throws UsageException where there is none, or none that fits
    void set(Robot robot) {
        switch (robotSpec.watchdog()) {
            case DriveWatchdog.None() -> {
                if (!spec.unwatched()) {
                    throw new UsageException("the drives of robot '" + robotSpec.name()
                            + "' have no watchdog: they go on with the "
                            + "last command when this process dies or the cable is cut; arm them only with that acknowledged");
                }
            }
            case DriveWatchdog.Fixed(double seconds) -> requireTwoCycles(seconds);
            case DriveWatchdog.Settable settable -> {
                if (spec.watchdog() < settable.shortest() || spec.watchdog() > settable.longest()) {
                    throw new UsageException("the watchdog of robot '" + robotSpec.name() + "' can be set to "
                            + settable.shortest() + " to " + settable.longest() + " s, not to " + spec.watchdog());
                }
                requireTwoCycles(spec.watchdog());
                if (!spec.dryRun()) {
                    robot.setWatchdog(spec.watchdog());
                    text = stopping(spec.watchdog());
                }
            }
        }
    }

    private void requireTwoCycles(double seconds) {
        if (seconds < 2 * spec.cycleSeconds()) {
            throw new UsageException("the drives' watchdog of " + seconds + " s would stop them between two cycles of "
                    + spec.cycleSeconds() + " s; it must be at least two");
        }
    }
}
