package dev.limber.api.policy;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the numbers of a policy mean on a robot: which joints it sees and moves, in which order, unit and direction, and how often.
///
/// @param task what it was trained for
/// @param mode what its commands are
/// @param rate how often it acts [Hz], above 0
/// @param joints the model's joints and how the robot's relate to them
/// @param observations one for each number that the policy sees, in its order
/// @param actions one for each number that the policy returns, in its order
public record PolicyManifest(String task, CommandMode mode, double rate, List<ModelJoint> joints,
        List<Observed> observations, List<Action> actions) {

    /// Copies the lists and checks that what is referred to is there.
    public PolicyManifest {
        joints = List.copyOf(joints);
        observations = List.copyOf(observations);
        actions = List.copyOf(actions);
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new UsageException("the manifest of " + task + " has a rate of " + rate + " Hz, it must be above 0");
        }
        Set<String> names = new HashSet<>();
        for (ModelJoint joint : joints) {
            if (!names.add(joint.name())) {
                throw new UsageException("the manifest of " + task + " has two joints named '" + joint.name() + "'");
            }
        }
        for (Observed observed : observations) {
            known(task, names, observed.joint());
        }
        Set<String> moved = new HashSet<>();
        for (Action action : actions) {
            known(task, names, action.joint());
            if (!moved.add(action.joint())) {
                throw new UsageException("the manifest of " + task + " moves joint '" + action.joint() + "' twice");
            }
        }
    }

    /// Throws unless a robot has all joints, takes the commands, and is fast enough.
    ///
    /// @throws UsageException naming the joint, the mode or the rate that does not fit
    public void check(RobotSpec robot) {
        if (!robot.modes().contains(mode)) {
            throw new UsageException("the policy of " + task + " commands " + mode + ", but robot '" + robot.name()
                    + "' takes " + robot.modes());
        }
        if (rate * robot.cycleSeconds() > 1 + 1e-9) {
            throw new UsageException("the policy of " + task + " acts at " + rate + " Hz, but robot '" + robot.name()
                    + "' needs " + robot.cycleSeconds() + " s per cycle");
        }
        Map<String, RobotSpec.Joint> present = new HashMap<>();
        robot.joints().forEach(joint -> present.put(joint.name(), joint));
        for (ModelJoint joint : joints) {
            if (!present.containsKey(joint.name())) {
                throw new UsageException("the policy of " + task + " needs joint '" + joint.name() + "', but robot '"
                        + robot.name() + "' has "
                        + String.join(", ", robot.joints().stream().map(RobotSpec.Joint::name).toList()));
            }
        }
        Set<String> moved = new HashSet<>();
        for (Action action : actions) {
            moved.add(action.joint());
            if (!present.get(action.joint()).actuated()) {
                throw new UsageException("the policy of " + task + " moves joint '" + action.joint() + "', which robot '"
                        + robot.name() + "' only measures");
            }
        }
        for (RobotSpec.Joint joint : robot.joints()) {
            if (joint.actuated() && !moved.contains(joint.name())) {
                throw new UsageException("robot '" + robot.name() + "' moves joint '" + joint.name()
                        + "', of which the policy of " + task + " knows nothing; it moves " + String.join(", ", moved));
            }
        }
    }

    /// A copy in which one joint of the model is another joint of the robot, in another direction or with another zero.
    ///
    /// @param model the joint's name so far
    /// @throws UsageException where there is no such joint
    public PolicyManifest with(String model, ModelJoint joint) {
        known(task, new HashSet<>(joints.stream().map(ModelJoint::name).toList()), model);
        return new PolicyManifest(task, mode, rate,
                joints.stream().map(old -> old.name().equals(model) ? joint : old).toList(),
                observations.stream().map(
                        old -> old.joint().equals(model) ? new Observed(joint.name(), old.quantity(), old.scale()) : old)
                        .toList(),
                actions.stream().map(old -> old.joint().equals(model) ? new Action(joint.name(), old.scale(), old.offset()) : old)
                        .toList());
    }

    private static void known(String task, Set<String> names, String joint) {
        if (!names.contains(joint)) {
            throw new UsageException("the manifest of " + task + " refers to joint '" + joint + "', but lists "
                    + String.join(", ", names));
        }
    }

    /// A joint as the model has it: position in the model = sign * (position of the robot - offset).
    ///
    /// @param name the robot's joint
    /// @param sign 1, or -1 where the robot's turns the other way
    /// @param offset the robot's position where the model's is 0 [rad or m]
    public record ModelJoint(String name, int sign, double offset) {

        /// Checks the numbers.
        public ModelJoint {
            if (sign != 1 && sign != -1 || !Double.isFinite(offset)) {
                throw new UsageException("joint '" + name + "' of a manifest has sign " + sign + " and offset " + offset
                        + "; the sign is 1 or -1, the offset finite");
            }
        }

        /// The same direction and zero.
        public static ModelJoint same(String name) {
            return new ModelJoint(name, 1, 0);
        }
    }

    /// A number that the policy sees: scale * what is measured, as the model has it.
    ///
    /// @param joint of the manifest
    /// @param quantity what is measured
    /// @param scale what it is multiplied with
    public record Observed(String joint, Quantity quantity, double scale) {

        /// Checks the number.
        public Observed {
            finite(joint, scale);
        }
    }

    /// A number that the policy returns: command, as the model has it = offset + scale * number. The number of a choice is its index.
    ///
    /// @param joint of the manifest
    /// @param scale what it is multiplied with
    /// @param offset what is added then
    public record Action(String joint, double scale, double offset) {

        /// Checks the numbers.
        public Action {
            finite(joint, scale);
            finite(joint, offset);
        }
    }

    /// What can be measured of a joint.
    public enum Quantity {
        /// [rad or m]
        POSITION,
        /// [rad/s or m/s]
        VELOCITY,
        /// [N m or N]
        EFFORT
    }

    private static void finite(String joint, double scale) {
        if (!Double.isFinite(scale)) {
            throw new UsageException("joint '" + joint + "' of a manifest has a scale or offset of " + scale + ", it must be finite");
        }
    }
}
