package dev.limber.api.session;

import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.robot.RobotSpec;
import java.util.List;
import java.util.Map;

/// Opens control sessions.
public interface RobotSessions {

    /// Looks for robots without disturbing them.
    ///
    /// @param robot name of the [dev.limber.api.robot.RobotFactory]
    /// @param settings options of that factory, as text
    /// @return as [dev.limber.api.robot.RobotFactory#scan]
    List<String> scan(String robot, Map<String, String> settings);

    /// Gives a drive another id, as [dev.limber.api.robot.RobotFactory#setId].
    ///
    /// @param robot name of the [dev.limber.api.robot.RobotFactory]
    /// @param address where it is
    /// @param settings options of that factory, as text
    /// @throws dev.limber.api.plugin.UsageException also where the robot has a session
    void setId(String robot, String address, Map<String, String> settings, int from, int to);

    /// Gives a drive another speed of the line, as [dev.limber.api.robot.RobotFactory#setBaud].
    ///
    /// @param robot name of the [dev.limber.api.robot.RobotFactory]
    /// @param address where it is
    /// @param settings options of that factory, as text
    /// @throws dev.limber.api.plugin.UsageException also where the robot has a session
    void setBaud(String robot, String address, Map<String, String> settings, int id, int baud);

    /// Makes a session that is CLOSED.
    ///
    /// @param listener hears what happens from the beginning
    /// @throws dev.limber.api.plugin.UsageException for an unknown robot, a setting that cannot be, or a robot that has a session already
    RobotSession open(SessionSpec spec, SessionListener listener);

    /// A controller that drives by a policy: it acts at the manifest's rate, on what the manifest lets it see.
    ///
    /// @param policy a run's; closed with the controller
    /// @param manifest which joints of the robot it sees and moves
    /// @param robot the robot that it will drive
    /// @throws dev.limber.api.plugin.UsageException where the manifest does not fit the policy or the robot
    Controller controller(RunPolicy policy, PolicyManifest manifest, RobotSpec robot);

    /// Stops the sessions of all processes of this user, as [RobotSession#stop] does or by emergency stops.
    ///
    /// @param atOnce true for emergency stops
    /// @return one line for each session; empty where there was none
    List<String> stopAll(boolean atOnce);

    /// The sessions that are not closed, whoever opened them.
    List<RobotSession> sessions();
}
