package dev.limber.api.session;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads recorded sessions, also ones that were cut off.
///
/// Every method throws [dev.limber.api.plugin.UsageException] for a file that is no recording.
public interface Recordings {

    /// What is in a recording.
    RecordingSummary summary(Path recording);

    /// Sends the longest time of RUNNING again: goes to where it began, and does then what was sent then.
    ///
    /// @param robot that shall do it
    /// @param mode what its commands mean
    /// @throws dev.limber.api.plugin.UsageException where joints or mode are others
    Controller replay(Path recording, RobotSpec robot, CommandMode mode);

    /// Shows a recording in its own time, on a thread of its own, until it is closed.
    ///
    /// @param environment whose scene and model have the robot's joints; empty to show numbers alone
    RecordedView play(Path recording, Optional<EnvironmentFactory> environment);

    /// Writes what was measured and sent while RUNNING as CSV: a line for each cycle with time, observation and action.
    ///
    /// @param csv file to write; must not exist
    /// @return how many lines
    long writeDemonstration(Path recording, Path csv);

    /// Draws the same joints of several recordings over one another, each from its first moment of RUNNING on.
    ///
    /// @param picture PNG file to write
    void compare(List<Path> recordings, Path picture);
}
