package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.SessionSpec;
import java.util.Arrays;
import java.util.List;

/// How each joint is told to stop, in the order of the joints.
final class StopWays {

    private StopWays() {}

    /// As the spec says; damped where it says nothing.
    ///
    /// @throws UsageException where it names a joint that the robot does not have
    static StopWay[] of(SessionSpec spec, RobotSpec robot) {
        List<String> joints = robot.joints().stream().map(RobotSpec.Joint::name).toList();
        for (String joint : spec.stopWays().keySet()) {
            if (!joints.contains(joint)) {
                throw new UsageException("there is no joint '" + joint + "' to stop; the robot has "
                        + String.join(", ", joints));
            }
        }
        return joints.stream().map(joint -> spec.stopWays().getOrDefault(joint, StopWay.DAMP)).toArray(StopWay[]::new);
    }

    static StopWay[] damping(RobotSpec robot) {
        var ways = new StopWay[robot.joints().size()];
        Arrays.fill(ways, StopWay.DAMP);
        return ways;
    }

    /// Whether any joint has to be told again and again.
    static boolean repeated(StopWay[] ways) {
        return Arrays.stream(ways).anyMatch(way -> way != StopWay.TORQUE_OFF);
    }
}
