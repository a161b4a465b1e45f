package dev.limber.robot.rosbridge;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.ArrayList;
import java.util.List;

/// Joints as a user writes them: `shoulder:-1.5:1.5,elbow,gauge:read`.
final class JointList {

    private JointList() {}

    /// @throws UsageException where the text cannot be
    static List<Joint> parse(String text, double velocity, double acceleration, double effort) {
        if (text.isBlank()) {
            throw new UsageException(
                    "which joints has the robot? set joints=NAME:LOW:HIGH,... in the order of its controller");
        }
        var joints = new ArrayList<Joint>();
        for (String entry : text.split(",")) {
            String[] parts = entry.strip().split(":");
            double low = Double.NEGATIVE_INFINITY;
            double high = Double.POSITIVE_INFINITY;
            boolean actuated = true;
            try {
                if (parts.length == 3) {
                    low = Double.parseDouble(parts[1]);
                    high = Double.parseDouble(parts[2]);
                } else if (parts.length == 2 && parts[1].equals("read")) {
                    actuated = false;
                } else if (parts.length != 1 || parts[0].isEmpty()) {
                    throw new NumberFormatException();
                }
                joints.add(new Joint(parts[0], low, high, velocity, acceleration, effort, actuated));
            } catch (NumberFormatException wrong) {
                throw new UsageException("joint '" + entry.strip() + "' must be NAME, NAME:LOW:HIGH or NAME:read");
            } catch (IllegalArgumentException wrong) {
                throw new UsageException(wrong.getMessage());
            }
        }
        return joints;
    }
}
