package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.robot.session.limiter.WorkSpace;
import java.util.Locale;
import java.util.Optional;

/// Where joints may stand: before they are armed within the limits, and never well beyond them.
final class JointRanges {

    /// How far a joint may be measured beyond its limits, as a part of its range; of one that is open on one side [rad or m].
    private static final double TOLERATED_OVERSHOOT = 0.05;

    private final Limits limits;
    private final WorkSpace workSpace;

    JointRanges(RobotSpec robot, Limits limits) {
        this.limits = limits;
        workSpace = new WorkSpace(robot, limits);
    }

    /// @throws UsageException naming the joint or the bound of the work space that the robot stands outside of
    void requireInside(double[] positions) {
        for (int i = 0; i < limits.joints().size(); i++) {
            JointLimits joint = limits.joints().get(i);
            if (!(positions[i] >= joint.low() && positions[i] <= joint.high())) {
                throw new UsageException(String.format(Locale.ROOT,
                        "joint '%s' stands at %.4f, outside of its limits %.4f to %.4f; move it by hand, or widen its limits",
                        joint.joint(), positions[i], joint.low(), joint.high()));
            }
        }
        int broken = workSpace.broken(positions);
        if (broken >= 0) {
            throw new UsageException("the robot stands outside of its work space '" + workSpace.name(broken)
                    + "'; move it by hand, or widen it");
        }
    }

    /// The joint that has gone well beyond its limits, whatever took it there, in words; empty where none has.
    Optional<String> beyond(double[] positions) {
        for (int i = 0; i < limits.joints().size(); i++) {
            JointLimits joint = limits.joints().get(i);
            double beyond = Math.max(joint.low() - positions[i], positions[i] - joint.high());
            double range = joint.high() - joint.low();
            if (beyond > TOLERATED_OVERSHOOT * (Double.isFinite(range) ? range : 1)) {
                return Optional.of(String.format(Locale.ROOT,
                        "joint '%s' was measured at %.4f, beyond its limits %.4f to %.4f", joint.joint(), positions[i],
                        joint.low(), joint.high()));
            }
        }
        return Optional.empty();
    }
}
