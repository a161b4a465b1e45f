package dev.limber.robot.session.limiter;

import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;

/// The constraints over several joints, as rows of numbers.
public final class WorkSpace {

    private static final double TOLERANCE = 1e-9;

    private final int joints;
    private final String[] names;
    private final double[] weights;
    private final double[] low;
    private final double[] high;
    private final boolean[] involved;

    /// The constraints of some limits.
    public WorkSpace(RobotSpec robot, Limits limits) {
        joints = robot.joints().size();
        int rows = limits.workSpace().size();
        names = new String[rows];
        weights = new double[rows * joints];
        low = new double[rows];
        high = new double[rows];
        involved = new boolean[joints];
        for (int row = 0; row < rows; row++) {
            Constraint constraint = limits.workSpace().get(row);
            names[row] = constraint.name();
            low[row] = constraint.low();
            high[row] = constraint.high();
            for (int joint = 0; joint < joints; joint++) {
                double weight = constraint.weights().getOrDefault(robot.joints().get(joint).name(), 0.0);
                weights[row * joints + joint] = weight;
                involved[joint] |= weight != 0;
            }
        }
    }

    /// How many constraints there are.
    int rows() {
        return names.length;
    }

    /// True where a constraint is about a joint.
    boolean involves(int joint) {
        return involved[joint];
    }

    /// What a constraint is called.
    public String name(int row) {
        return names[row];
    }

    double weight(int row, int joint) {
        return weights[row * joints + joint];
    }

    /// The first constraint that positions break; -1 for none.
    public int broken(double[] positions) {
        for (int row = 0; row < names.length; row++) {
            if (!inside(row, sum(row, positions, null, true), sum(row, positions, null, false))) {
                return row;
            }
        }
        return -1;
    }

    /// True where all constraints hold while every joint comes to rest from a position, whichever comes first.
    ///
    /// @param positions [joints]
    /// @param ways how far each joint still goes while braking, signed [joints]
    boolean holds(double[] positions, double[] ways) {
        for (int row = 0; row < names.length; row++) {
            if (!inside(row, sum(row, positions, ways, false), sum(row, positions, ways, true))) {
                return false;
            }
        }
        return true;
    }

    /// The sum of a constraint.
    double sum(int row, double[] positions) {
        return sum(row, positions, null, true);
    }

    double low(int row) {
        return low[row];
    }

    double high(int row) {
        return high[row];
    }

    private boolean inside(int row, double lowest, double highest) {
        return lowest >= low[row] - TOLERANCE && highest <= high[row] + TOLERANCE;
    }

    /// The sum, with all ways that raise it or all that lower it.
    private double sum(int row, double[] positions, double[] ways, boolean raising) {
        double sum = 0;
        for (int joint = 0; joint < joints; joint++) {
            double weight = weights[row * joints + joint];
            if (weight != 0) {
                double way = ways == null ? 0 : weight * ways[joint];
                sum += weight * positions[joint] + (raising == way > 0 ? way : 0);
            }
        }
        return sum;
    }
}
