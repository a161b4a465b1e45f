package dev.limber.api.session;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a session lets through to a robot. All of it holds for every command of every controller.
///
/// @param joints in the order of the robot's joints
/// @param workSpace constraints over several joints
public record Limits(List<JointLimits> joints, List<Constraint> workSpace) {

    /// Seconds in which a command of effort may go from none to all that the joint has, unless told otherwise.
    public static final double EFFORT_RISE_SECONDS = 0.01;

    /// Copies the lists and checks that what is constrained is there.
    public Limits {
        joints = List.copyOf(joints);
        workSpace = List.copyOf(workSpace);
        Set<String> names = new HashSet<>();
        joints.forEach(limits -> names.add(limits.joint()));
        for (Constraint constraint : workSpace) {
            for (String joint : constraint.weights().keySet()) {
                if (!names.contains(joint)) {
                    throw new UsageException("constraint '" + constraint.name() + "' of the work space is on joint '"
                            + joint + "', which there is not; the robot has " + String.join(", ", names));
                }
            }
        }
    }

    /// All that a robot can do, and no work space.
    public static Limits of(RobotSpec robot) {
        var joints = new ArrayList<JointLimits>();
        for (RobotSpec.Joint joint : robot.joints()) {
            joints.add(new JointLimits(joint.name(), joint.low(), joint.high(), joint.maxVelocity(),
                    joint.maxAcceleration(), joint.maxEffort() / EFFORT_RISE_SECONDS, joint.maxEffort()));
        }
        return new Limits(joints, List.of());
    }

    /// A copy in which one joint has other limits.
    ///
    /// @throws UsageException where there is no such joint
    public Limits with(JointLimits changed) {
        var copy = new ArrayList<>(joints);
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i).joint().equals(changed.joint())) {
                copy.set(i, changed);
                return new Limits(copy, workSpace);
            }
        }
        throw new UsageException("there is no joint '" + changed.joint() + "' to limit; the robot has "
                + String.join(", ", joints.stream().map(JointLimits::joint).toList()));
    }

    /// A copy with one more constraint.
    public Limits with(Constraint constraint) {
        var copy = new ArrayList<>(workSpace);
        copy.add(constraint);
        return new Limits(joints, copy);
    }

    /// Throws unless these are limits of all joints of a robot, in its order, and none is wider than what the robot can do.
    ///
    /// @throws UsageException naming the joint
    public void check(RobotSpec robot) {
        List<String> names = robot.joints().stream().map(RobotSpec.Joint::name).toList();
        List<String> limited = joints.stream().map(JointLimits::joint).toList();
        if (!names.equals(limited)) {
            throw new UsageException(
                    "limits are of joints " + String.join(", ", limited) + ", but robot '" + robot.name()
                            + "' has " + String.join(", ", names));
        }
        for (int i = 0; i < joints.size(); i++) {
            joints.get(i).check(robot.joints().get(i));
        }
    }

    /// Limits of one joint.
    ///
    /// @param joint its name
    /// @param low lowest position [rad or m]; -Infinity for none
    /// @param high highest position [rad or m]; +Infinity for none
    /// @param maxVelocity [rad/s or m/s]
    /// @param maxAcceleration [rad/s^2 or m/s^2]; commands of position and velocity keep to it
    /// @param maxEffortRate how fast a command of effort may change [N m/s or N/s]; positions and velocities are bound by
    ///        maxVelocity and maxAcceleration already
    /// @param maxEffort [N m or N]; commands of effort keep to it, and a joint that pushes harder than that against
    ///        something is not driven further into it
    public record JointLimits(String joint, double low, double high, double maxVelocity, double maxAcceleration,
            double maxEffortRate, double maxEffort) {

        /// Checks the numbers.
        public JointLimits {
            if (!(low <= high)) {
                throw new UsageException("limits of joint '" + joint + "' are " + low + " to " + high
                        + ", low must not be above high");
            }
            if (!(maxVelocity > 0 && maxAcceleration > 0 && maxEffortRate > 0 && maxEffort > 0)) {
                throw new UsageException("limits of joint '" + joint + "' must all be above 0: velocity " + maxVelocity
                        + ", acceleration " + maxAcceleration + ", rate of effort " + maxEffortRate + ", effort "
                        + maxEffort);
            }
        }

        /// A copy with another range [rad or m].
        public JointLimits withRange(double lowest, double highest) {
            return new JointLimits(joint, lowest, highest, maxVelocity, maxAcceleration, maxEffortRate, maxEffort);
        }

        /// A copy with another velocity [rad/s or m/s].
        public JointLimits withVelocity(double velocity) {
            return new JointLimits(joint, low, high, velocity, maxAcceleration, maxEffortRate, maxEffort);
        }

        /// A copy with another acceleration [rad/s^2 or m/s^2].
        public JointLimits withAcceleration(double acceleration) {
            return new JointLimits(joint, low, high, maxVelocity, acceleration, maxEffortRate, maxEffort);
        }

        /// A copy with another effort [N m or N].
        public JointLimits withEffort(double effort) {
            return new JointLimits(joint, low, high, maxVelocity, maxAcceleration, maxEffortRate, effort);
        }

        /// A copy with another rate of effort [N m/s or N/s].
        public JointLimits withEffortRate(double rate) {
            return new JointLimits(joint, low, high, maxVelocity, maxAcceleration, rate, maxEffort);
        }

        private void check(RobotSpec.Joint drive) {
            if (low < drive.low() || high > drive.high()) {
                throw new UsageException("joint '" + joint + "' may go from " + low + " to " + high
                        + " by its limits, but its drive only from " + drive.low() + " to " + drive.high());
            }
            narrower("velocity", maxVelocity, drive.maxVelocity());
            narrower("acceleration", maxAcceleration, drive.maxAcceleration());
            narrower("effort", maxEffort, drive.maxEffort());
        }

        private void narrower(String what, double inner, double outer) {
            if (!(inner <= outer)) {
                throw new UsageException("the limit of " + what + " of joint '" + joint + "' is " + inner
                        + ", but its drive can do " + outer + " at most");
            }
        }
    }

    /// A half-space or slab that positions stay in: low <= sum over joints of weight * position <= high.
    ///
    /// @param name what users call it: "hand above table"
    /// @param weights joint to weight
    /// @param low lowest sum; -Infinity for none
    /// @param high highest sum; +Infinity for none
    public record Constraint(String name, Map<String, Double> weights, double low, double high) {

        /// Copies the map and checks the numbers.
        public Constraint {
            weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
            if (weights.isEmpty() || weights.values().stream().anyMatch(weight -> !Double.isFinite(weight))) {
                throw new UsageException(
                        "constraint '" + name + "' of the work space needs finite weights of joints, not "
                                + weights);
            }
            if (!(low <= high)) {
                throw new UsageException("constraint '" + name + "' of the work space is from " + low + " to " + high
                        + ", low must not be above high");
            }
        }
    }
}
