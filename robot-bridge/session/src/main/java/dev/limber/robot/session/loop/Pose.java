package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where somebody says that joints stand.
///
/// @param positions of joints by their names [rad or m]
record Pose(Map<String, Double> positions) {

    /// @param measured position of each joint of the robot [rad or m]
    /// @throws UsageException naming the joint that is elsewhere, or that the robot does not have
    void require(RobotSpec robot, double[] measured, double tolerance) {
        List<String> names = robot.joints().stream().map(RobotSpec.Joint::name).toList();
        positions.forEach((name, position) -> {
            int joint = names.indexOf(name);
            if (joint < 0) {
                throw new UsageException(
                        "there is no joint '" + name + "'; the robot has " + String.join(", ", names));
            }
            double off = measured[joint] - position;
            if (!(Math.abs(off) <= tolerance)) {
                throw new UsageException(String.format(Locale.ROOT,
                        "joint '%s' is measured at %.4f, but stands at %.4f: off by %.4f, more than %.4f; "
                                + "set its offset or direction in the driver's options",
                        name, measured[joint], position, off, tolerance));
            }
        });
    }
}
