package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The connection to the robot in cycles: measures, sends and tells to stop, and says when that has gone wrong too often. Nothing that a driver
/// throws in a cycle leaves it, for a driver is a plug-in as well.
final class Link {

    private static final String NOT_FINITE = "a position or velocity was measured that is not a number";

    private final Robot robot;
    private final RobotSpec spec;
    private final boolean dryRun;
    private final int misses;
    private boolean up = true;
    private boolean gone;
    private boolean energised;
    private int silentCycles;
    private int unsentCycles;
    private volatile long failures;

    /// @param robot connected
    /// @param dryRun true to write nothing
    /// @param misses how many cycles in a row may fail before it is too many
    Link(Robot robot, boolean dryRun, int misses) {
        this.robot = robot;
        spec = robot.spec();
        this.dryRun = dryRun;
        this.misses = misses;
    }

    /// Whether there is a connection.
    boolean up() {
        return up;
    }

    /// Whether joints may have torque.
    boolean energised() {
        return energised;
    }

    /// Whether commands are written.
    boolean writesCommands() {
        return up && !dryRun;
    }

    /// How many replies were missing or bad, and commands that did not get through.
    long failures() {
        return failures;
    }

    /// Measures between two cycles, again where a reply is lost as it may be in cycles.
    ///
    /// @throws RobotException where it cannot be measured
    void measureNow(JointStates target) {
        for (int attempt = 1; !measured(target, attempt == misses); attempt++) {
        }
    }

    private boolean measured(JointStates target, boolean last) {
        try {
            robot.read(target);
        } catch (RobotException lost) {
            if (last || lost.kind() != Kind.TIMEOUT && lost.kind() != Kind.CORRUPT) {
                throw lost;
            }
            return false;
        }
        if (!finite(target)) {
            throw new RobotException(Kind.CORRUPT, NOT_FINITE);
        }
        return true;
    }

    /// Gives joints torque.
    ///
    /// @param unwanted whether nobody wants that any more
    void energise(CommandMode mode, BooleanSupplier unwanted) {
        energised = true; // From here on nobody knows.
        if (!dryRun) {
            robot.enable(mode, unwanted);
        }
        silentCycles = 0;
        unsentCycles = 0;
    }

    /// Whether the last measurement of a cycle was good.
    boolean measuredWell() {
        return up && silentCycles == 0;
    }

    /// Measures in a cycle.
    ///
    /// @return why to stop at once; empty where there is no reason
    Optional<String> measure(JointStates target) {
        try {
            robot.read(target);
            if (finite(target)) {
                silentCycles = 0;
                return Optional.empty();
            }
            return failed(Kind.CORRUPT, ++silentCycles, NOT_FINITE);
        } catch (RobotException e) {
            return failed(e.kind(), ++silentCycles, e.getMessage());
        } catch (Throwable e) {
            return failed(Kind.CORRUPT, ++silentCycles, e.toString());
        }
    }

    private static boolean finite(JointStates measured) {
        for (int i = 0; i < measured.positions().length; i++) {
            if (!Double.isFinite(measured.positions()[i]) || !Double.isFinite(measured.velocities()[i])) {
                return false;
            }
        }
        return true;
    }

    /// Sends a command in a cycle.
    ///
    /// @param applied receives what the drives were really told
    /// @return why to stop at once; empty where there is no reason
    Optional<String> send(double[] command, double[] applied) {
        try {
            if (!dryRun) {
                robot.send(command, applied);
            }
            unsentCycles = 0;
            return Optional.empty();
        } catch (RobotException e) {
            return failed(e.kind(), ++unsentCycles, e.getMessage());
        } catch (Throwable e) {
            return failed(Kind.CORRUPT, ++unsentCycles, e.toString());
        }
    }

    /// Whether the last command got through.
    boolean sentWell() {
        return unsentCycles == 0;
    }

    private Optional<String> failed(Kind kind, int cyclesInARow, String why) {
        failures = failures + 1; // Only this thread writes it.
        gone |= kind == Kind.DISCONNECTED;
        return switch (kind) {
            case DISCONNECTED -> Optional.of("the connection is gone: " + why);
            case DRIVE_FAULT -> Optional.of("a drive reports a fault: " + why);
            default -> cyclesInARow >= misses
                    ? Optional.of(cyclesInARow + " cycles in a row without a good reply: " + why)
                    : Optional.empty();
        };
    }

    /// Whether telling joints to stop writes anything.
    boolean writesStops() {
        return energised && up && !dryRun;
    }

    /// Tells each joint to stop, also over a connection that was found to be gone; after that it is down.
    void tellToStop(StopWay[] ways) {
        try {
            if (writesStops()) {
                robot.stop(ways);
            }
        } catch (RobotException e) {
            failures = failures + 1;
            gone |= e.kind() == Kind.DISCONNECTED;
        } catch (Throwable e) {
            failures = failures + 1;
        }
        up &= !gone;
    }

    /// Connects again where the connection is down, measures, and makes sure that each joint has taken the command to stop.
    void restore(JointStates target, StopWay[] ways) {
        if (!up) {
            robot.close();
            robot.connect();
            if (!robot.spec().joints().equals(spec.joints())) {
                throw new UsageException("another robot answers now: " + robot.spec().name() + "; close the session");
            }
            up = true;
            gone = false;
        }
        measureNow(target);
        if (energised && !dryRun) {
            robot.stop(ways);
        }
        silentCycles = 0;
    }

    /// Tells each joint to stop where something is energised, and lets go of the robot.
    ///
    /// @return what could not be done; empty where all was
    Optional<String> close(StopWay[] ways) {
        Optional<String> failure = Optional.empty();
        try {
            if (writesStops()) {
                robot.stop(ways);
            }
        } catch (Throwable failed) {
            failure = Optional.of("the robot could not be told to stop: " + failed.getMessage());
        }
        energised = false;
        try {
            robot.close();
        } catch (Throwable failed) {
            if (failure.isEmpty()) {
                failure = Optional.of("the robot's driver could not be closed: " + failed.getMessage());
            }
        }
        return failure;
    }
}
