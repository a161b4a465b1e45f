package dev.limber.api.session;

import dev.limber.api.robot.JointStates;
import java.util.List;
import java.util.Map;

/// Decides what a robot should do, cycle by cycle: a policy, a person, a trajectory.
///
/// It is not trusted: whatever it returns, throws or keeps thinking about, the session's limiter and deadlines stand between it and the robot.
/// One instance serves one session and is called from one thread at a time.
public interface Controller extends AutoCloseable {

    /// Begins from where the robot stands: forget what was remembered.
    ///
    /// @param measured the robot at rest, valid during the call
    void reset(JointStates measured);

    /// Chooses the next command.
    ///
    /// @param measured the newest measurement, valid during the call
    /// @param wanted receives one number per joint in the unit of the session's mode; holds the last command that was sent
    void control(JointStates measured, double[] wanted);

    /// Objects of other plug-ins that it calls, such as the policy it drives by: when the plug-in of one of them goes, it may not drive any longer.
    default List<Object> parts() {
        return List.of();
    }

    /// What a recording should know of it, by name: the run of its policy, versions of the bundles that it is made of.
    default Map<String, String> notes() {
        return Map.of();
    }

    /// Frees what it holds.
    @Override
    default void close() {}
}
