package dev.limber.physics.jbullet;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;

/// Arithmetic of rotation matrices (row-major [9]) and vectors [3] in arrays, without allocation.
final class Rotations {

    private Rotations() {}

    static double[] vector(Vector3 v) {
        return new double[] {v.x(), v.y(), v.z()};
    }

    /// The matrix of a quaternion, which is brought to length 1.
    static void fromQuaternion(double x, double y, double z, double w, double[] target) {
        double s = 2 / (x * x + y * y + z * z + w * w);
        target[0] = 1 - s * (y * y + z * z);
        target[1] = s * (x * y - z * w);
        target[2] = s * (x * z + y * w);
        target[3] = s * (x * y + z * w);
        target[4] = 1 - s * (x * x + z * z);
        target[5] = s * (y * z - x * w);
        target[6] = s * (x * z - y * w);
        target[7] = s * (y * z + x * w);
        target[8] = 1 - s * (x * x + y * y);
    }

    static double[] matrix(Quaternion q) {
        double[] matrix = new double[9];
        fromQuaternion(q.x(), q.y(), q.z(), q.w(), matrix);
        return matrix;
    }

    /// The matrix of a rotation about an axis of length 1.
    static void about(double[] axis, double angle, double[] target) {
        double s = Math.sin(angle / 2);
        fromQuaternion(axis[0] * s, axis[1] * s, axis[2] * s, Math.cos(angle / 2), target);
    }

    /// The quaternion (x, y, z, w) of a matrix, with w >= 0 (Shepperd's method: divides by the largest component).
    static void toQuaternion(double[] m, double[] target, int at) {
        double trace = m[0] + m[4] + m[8];
        double x;
        double y;
        double z;
        double w;
        if (trace >= m[0] && trace >= m[4] && trace >= m[8]) {
            w = 1 + trace;
            x = m[7] - m[5];
            y = m[2] - m[6];
            z = m[3] - m[1];
        } else if (m[0] >= m[4] && m[0] >= m[8]) {
            w = m[7] - m[5];
            x = 1 + m[0] - m[4] - m[8];
            y = m[1] + m[3];
            z = m[2] + m[6];
        } else if (m[4] >= m[8]) {
            w = m[2] - m[6];
            x = m[1] + m[3];
            y = 1 - m[0] + m[4] - m[8];
            z = m[5] + m[7];
        } else {
            w = m[3] - m[1];
            x = m[2] + m[6];
            y = m[5] + m[7];
            z = 1 - m[0] - m[4] + m[8];
        }
        double scale = (w < 0 ? -1 : 1) / Math.sqrt(x * x + y * y + z * z + w * w);
        target[at] = x * scale;
        target[at + 1] = y * scale;
        target[at + 2] = z * scale;
        target[at + 3] = w * scale;
    }

    /// target = a b; the target must be neither.
    static void multiply(double[] a, double[] b, double[] target) {
        for (int i = 0; i < 9; i += 3) {
            for (int j = 0; j < 3; j++) {
                target[i + j] = a[i] * b[j] + a[i + 1] * b[3 + j] + a[i + 2] * b[6 + j];
            }
        }
    }

    /// target = transpose(a) b; the target must be neither.
    static void multiplyTransposed(double[] a, double[] b, double[] target) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                target[3 * i + j] = a[i] * b[j] + a[3 + i] * b[3 + j] + a[6 + i] * b[6 + j];
            }
        }
    }

    /// Turns a vector: target = m v; the target must not be v.
    static void turn(double[] m, double[] v, double[] target) {
        for (int i = 0; i < 3; i++) {
            target[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
        }
    }

    /// Turns a vector back: target from `at` on = transpose(m) v.
    static void turnBack(double[] m, double[] v, double[] target, int at) {
        double x = v[0];
        double y = v[1];
        double z = v[2];
        for (int i = 0; i < 3; i++) {
            target[at + i] = m[i] * x + m[3 + i] * y + m[6 + i] * z;
        }
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /// target = a x b; the target must be neither.
    static void cross(double[] a, double[] b, double[] target) {
        target[0] = a[1] * b[2] - a[2] * b[1];
        target[1] = a[2] * b[0] - a[0] * b[2];
        target[2] = a[0] * b[1] - a[1] * b[0];
    }

    /// A vector of length 1 at right angles to another.
    static double[] perpendicular(double[] v) {
        double[] least = Math.abs(v[0]) <= Math.abs(v[1]) && Math.abs(v[0]) <= Math.abs(v[2])
                ? new double[] {1, 0, 0}
                : Math.abs(v[1]) <= Math.abs(v[2]) ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
        double[] result = new double[3];
        cross(v, least, result);
        double length = Math.sqrt(dot(result, result));
        for (int i = 0; i < 3; i++) {
            result[i] /= length;
        }
        return result;
    }
}
