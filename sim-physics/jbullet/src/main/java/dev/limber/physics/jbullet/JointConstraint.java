package dev.limber.physics.jbullet;

import static dev.limber.physics.jbullet.Rotations.cross;
import static dev.limber.physics.jbullet.Rotations.turn;

import com.bulletphysics.dynamics.RigidBody;
import com.bulletphysics.dynamics.constraintsolver.TypedConstraint;
import com.bulletphysics.dynamics.constraintsolver.TypedConstraintType;
import dev.limber.api.physics.ModelSpec.Joint;
import java.util.Arrays;
import javax.vecmath.Vector3f;

/// A joint in jBullet's sequential impulse solver: HINGE, SLIDE, BALL or FIXED, with limits and damping.
///
/// The rows that hold the joint together are solved as one block (Cholesky), so that a single joint is exact in one
/// iteration and chains converge in few. Damping is implicit and cannot go unstable. A limit lets a joint reach it and
/// stops it there without bouncing. Nothing is kept from one step to the next. Cf. Catto, "Modeling and Solving
/// Constraints", GDC 2009.
final class JointConstraint extends TypedConstraint {

    /// The part of an error that a step takes away (Baumgarte).
    private static final double CORRECTION = 0.2;

    private final Link child;
    private final Link parent;
    private final double step;
    private final Joint joint;
    private final int rows;
    private final boolean limited;
    private final boolean axisRow;

    // Row-major [rows + 1, 3]: Jacobians of the child's linear (the parent's is its negative), the child's angular and
    // the parent's angular velocity; then the angular ones times inverse inertia. The last row is the joint's axis.
    private final double[] jLinear;
    private final double[] jChild;
    private final double[] jParent;
    private final double[] mChild;
    private final double[] mParent;
    private final double[] bias;
    private final double[] factor;
    private final double[] lambda;
    private final double[] coupling;
    // What an impulse of 1 along the axis changes, the other rows held: [child linear, angular, parent linear, angular].
    private final double[] response = new double[12];
    private final double[] velocity = new double[12];
    private final double[] childArm = new double[3];
    private final double[] parentArm = new double[3];
    private final double[] curvature = new double[3];
    private final double[] a = new double[3];
    private final double[] b = new double[3];
    private final double[] c = new double[3];
    private final Vector3f vector = new Vector3f();

    private double axisMass;
    private double lowVelocity;
    private double highVelocity;
    private double damped;
    private double atLow;
    private double atHigh;

    /// @param ground stands in for the parent where it is the world
    JointConstraint(Link child, RigidBody ground, double step) {
        super(TypedConstraintType.D6_CONSTRAINT_TYPE, child.rigid, child.parent == null ? ground : child.parent.rigid);
        this.child = child;
        this.step = step;
        parent = child.parent;
        joint = child.body.joint();
        rows = switch (joint.type()) {
            case HINGE, SLIDE -> 5;
            case BALL -> 3;
            case FIXED -> 6;
            case FREE -> throw new IllegalArgumentException("a FREE joint holds nothing");
        };
        limited = joint.low() > Double.NEGATIVE_INFINITY || joint.high() < Double.POSITIVE_INFINITY;
        axisRow = joint.hasAxis() && (limited || joint.damping() > 0);
        int all = rows + 1;
        jLinear = new double[3 * all];
        jChild = new double[3 * all];
        jParent = new double[3 * all];
        mChild = new double[3 * all];
        mParent = new double[3 * all];
        bias = new double[all];
        factor = new double[rows * rows];
        lambda = new double[all];
        coupling = new double[rows];
    }

    @Override
    public void buildJacobian() {
        boolean slide = joint.type() == Joint.Type.SLIDE;
        for (int i = 0; i < 3; i++) {
            childArm[i] = -child.arm[i];
            // A slide's parent is held where the child is, every other joint where the parent has its anchor.
            double at = slide ? child.origin[i] : child.anchor[i];
            parentArm[i] = parent == null ? 0 : at - parent.origin[i] - parent.arm[i];
        }
        curve(slide);
        int row = 0;
        if (slide) {
            turn(child.reference, child.side, a);
            linearRow(row++, a);
            turn(child.reference, child.other, a);
            linearRow(row++, a);
        } else {
            for (int i = 0; i < 3; i++) {
                Arrays.fill(a, 0);
                a[i] = 1;
                linearRow(row++, a);
            }
        }
        switch (joint.type()) {
            case HINGE -> {
                turn(child.rotation, child.axis, b);
                cross(child.worldAxis, b, c);
                turn(child.reference, child.side, a);
                angularRow(row++, a, Rotations.dot(a, c));
                turn(child.reference, child.other, a);
                angularRow(row, a, Rotations.dot(a, c));
            }
            case SLIDE, FIXED -> {
                orientationError(c);
                for (int i = 0; i < 3; i++) {
                    Arrays.fill(a, 0);
                    a[i] = 1;
                    angularRow(row++, a, c[i]);
                }
            }
            case BALL, FREE -> {
                // may turn
            }
        }
        factorize();
        if (axisRow) {
            buildAxis(slide);
        }
        damped = 0;
        atLow = 0;
        atHigh = 0;
    }

    /// The acceleration with which the points that the joint holds together part because the bodies turn. A step that
    /// left it out would leave the arcs along their tangents, and lose energy in coming back.
    private void curve(boolean slide) {
        Arrays.fill(curvature, 0);
        addCentripetal(child.angular, childArm, 1);
        if (parent == null) {
            return;
        }
        addCentripetal(parent.angular, parentArm, -1);
        if (slide) {
            cross(parent.angular, child.worldAxis, a);
            for (int i = 0; i < 3; i++) {
                curvature[i] -= 2 * child.velocity * a[i];
            }
        }
    }

    /// Adds w x (w x r).
    private void addCentripetal(double[] w, double[] r, double sign) {
        double along = Rotations.dot(w, r);
        double square = Rotations.dot(w, w);
        for (int i = 0; i < 3; i++) {
            curvature[i] += sign * (w[i] * along - r[i] * square);
        }
    }

    private void linearRow(int row, double[] direction) {
        double error = 0;
        double curved = 0;
        for (int i = 0; i < 3; i++) {
            error += direction[i] * (child.origin[i] - child.anchor[i]);
            curved += direction[i] * curvature[i];
        }
        int at = 3 * row;
        System.arraycopy(direction, 0, jLinear, at, 3);
        cross(childArm, direction, b);
        System.arraycopy(b, 0, jChild, at, 3);
        cross(parentArm, direction, b);
        for (int i = 0; i < 3; i++) {
            jParent[at + i] = -b[i];
        }
        finishRow(row, error);
        bias[row] += step / 2 * curved;
    }

    private void angularRow(int row, double[] direction, double error) {
        int at = 3 * row;
        for (int i = 0; i < 3; i++) {
            jLinear[at + i] = 0;
            jChild[at + i] = direction[i];
            jParent[at + i] = -direction[i];
        }
        finishRow(row, error);
    }

    private void finishRow(int row, double error) {
        child.inertia.inverse(child.rotation, jChild, 3 * row, mChild);
        if (parent != null) {
            parent.inertia.inverse(parent.rotation, jParent, 3 * row, mParent);
        }
        bias[row] = CORRECTION * error / step;
    }

    /// The small rotation from where the joint wants the child to where it is: half the sum of the cross products of
    /// the axes.
    private void orientationError(double[] target) {
        double[] r = child.reference;
        double[] q = child.rotation;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int k = 0; k < 3; k++) {
            x += r[3 + k] * q[6 + k] - r[6 + k] * q[3 + k];
            y += r[6 + k] * q[k] - r[k] * q[6 + k];
            z += r[k] * q[3 + k] - r[3 + k] * q[k];
        }
        target[0] = x / 2;
        target[1] = y / 2;
        target[2] = z / 2;
    }

    /// The element of J M^-1 J^T for two rows.
    private double mass(int i, int j) {
        double inverse = child.inertia.inverseMass() + (parent == null ? 0 : parent.inertia.inverseMass());
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += jLinear[3 * i + k] * jLinear[3 * j + k] * inverse + jChild[3 * i + k] * mChild[3 * j + k];
        }
        if (parent != null) {
            for (int k = 0; k < 3; k++) {
                sum += jParent[3 * i + k] * mParent[3 * j + k];
            }
        }
        return sum;
    }

    /// Cholesky's factor of J M^-1 J^T, with the inverse of each diagonal element in its place.
    private void factorize() {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = mass(i, j);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * rows + k] * factor[j * rows + k];
                }
                factor[i * rows + j] = i == j ? 1 / Math.sqrt(sum) : sum * factor[j * rows + j];
            }
        }
    }

    /// Solves J M^-1 J^T x = x in place.
    private void solveBlock(double[] x) {
        for (int i = 0; i < rows; i++) {
            double sum = x[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * rows + k] * x[k];
            }
            x[i] = sum * factor[i * rows + i];
        }
        for (int i = rows - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < rows; k++) {
                sum -= factor[k * rows + i] * x[k];
            }
            x[i] = sum * factor[i * rows + i];
        }
    }

    private void buildAxis(boolean slide) {
        if (slide) {
            linearRow(rows, child.worldAxis);
        } else {
            angularRow(rows, child.worldAxis, 0);
        }
        axisMass = mass(rows, rows);
        for (int i = 0; i < rows; i++) {
            coupling[i] = mass(i, rows);
            lambda[i] = coupling[i];
        }
        solveBlock(lambda);
        for (int i = 0; i < rows; i++) {
            axisMass -= coupling[i] * lambda[i];
            lambda[i] = -lambda[i];
        }
        lambda[rows] = 1;
        Arrays.fill(response, 0);
        apply(lambda, rows + 1, response);
        lowVelocity = limitVelocity(joint.low() - child.position, 1);
        highVelocity = limitVelocity(child.position - joint.high(), -1);
    }

    /// The velocity a limit asks for: reach it in this step where there is a way left, come back by and by where not.
    private double limitVelocity(double beyond, double sign) {
        return sign * (beyond > 0 ? CORRECTION : 1) * beyond / step;
    }

    /// Adds M^-1 J^T lambda to velocities.
    private void apply(double[] impulses, int count, double[] target) {
        double childMass = child.inertia.inverseMass();
        double parentMass = parent == null ? 0 : parent.inertia.inverseMass();
        for (int row = 0; row < count; row++) {
            double impulse = impulses[row];
            int at = 3 * row;
            for (int k = 0; k < 3; k++) {
                target[k] += impulse * childMass * jLinear[at + k];
                target[3 + k] += impulse * mChild[at + k];
                target[6 + k] -= impulse * parentMass * jLinear[at + k];
                target[9 + k] += impulse * mParent[at + k];
            }
        }
    }

    private double rate(int row) {
        int at = 3 * row;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += jLinear[at + k] * (velocity[k] - velocity[6 + k]) + jChild[at + k] * velocity[3 + k]
                    + jParent[at + k] * velocity[9 + k];
        }
        return sum;
    }

    @Override
    public void solveConstraint(float timeStep) {
        load(child.rigid, 0);
        if (parent != null) {
            load(parent.rigid, 6);
        }
        for (int row = 0; row < rows; row++) {
            lambda[row] = -rate(row) - bias[row];
        }
        solveBlock(lambda);
        apply(lambda, rows, velocity);
        if (axisRow) {
            solveAxis();
        }
        store(child, 0);
        if (parent != null) {
            store(parent, 6);
        }
    }

    private void solveAxis() {
        if (joint.damping() > 0) {
            double softness = 1 / (joint.damping() * step);
            double change = -(rate(rows) + damped * softness) / (axisMass + softness);
            damped += change;
            respond(change);
        }
        if (limited) {
            double before = atLow;
            atLow = Math.max(0, atLow + (lowVelocity - rate(rows)) / axisMass);
            respond(atLow - before);
            before = atHigh;
            atHigh = Math.min(0, atHigh + (highVelocity - rate(rows)) / axisMass);
            respond(atHigh - before);
        }
    }

    private void respond(double impulse) {
        for (int i = 0; i < 12; i++) {
            velocity[i] += impulse * response[i];
        }
    }

    private void load(RigidBody rigid, int at) {
        rigid.getLinearVelocity(vector);
        velocity[at] = vector.x;
        velocity[at + 1] = vector.y;
        velocity[at + 2] = vector.z;
        rigid.getAngularVelocity(vector);
        velocity[at + 3] = vector.x;
        velocity[at + 4] = vector.y;
        velocity[at + 5] = vector.z;
    }

    private void store(Link link, int at) {
        if (!link.immovable) {
            vector.set((float) velocity[at], (float) velocity[at + 1], (float) velocity[at + 2]);
            link.rigid.setLinearVelocity(vector);
            vector.set((float) velocity[at + 3], (float) velocity[at + 4], (float) velocity[at + 5]);
            link.rigid.setAngularVelocity(vector);
        }
    }
}
