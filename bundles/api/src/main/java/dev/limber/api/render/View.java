package dev.limber.api.render;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;

/// What a camera sees: where it stands, and the way from the world to pixels. The same numbers on every machine.
///
/// Points go from the world by [#view] into the eye's frame (x right, y up, looking along -z) and by [#projection] into
/// clip coordinates, in which -w to w is the picture in x (right), y (up) and z (near to far). Both matrices are
/// column-major [16]. A view is filled again and again by [#look], without allocating.
public final class View {

    /// The nearest distance that is seen, along the line of sight [m].
    public static final double NEAR = 0.05;
    /// The farthest distance that is seen [m].
    public static final double FAR = 250;

    private final double[] view = new double[16];
    private final double[] projection = new double[16];
    private final double[] eye = new double[3];

    /// Looks through a camera at one copy.
    ///
    /// @param poses [bodies, 7] from `offset` on
    /// @param aspect width of the picture by its height
    public void look(Camera camera, double[] poses, int offset, double aspect) {
        switch (camera) {
            case Camera.Fixed fixed -> {
                place(fixed.eye(), 0, 0, 0);
                aim(fixed.target().x() - eye[0], fixed.target().y() - eye[1], fixed.target().z() - eye[2]);
                perspective(fixed.fovy(), aspect);
            }
            case Camera.Following following -> {
                int at = offset + Scene.POSE * following.body();
                place(following.offset(), poses[at], poses[at + 1], poses[at + 2]);
                aim(-following.offset().x(), -following.offset().y(), -following.offset().z());
                perspective(following.fovy(), aspect);
            }
            case Camera.Orbit orbit -> {
                double flat = StrictMath.cos(orbit.elevation());
                double x = StrictMath.cos(orbit.azimuth()) * flat;
                double y = StrictMath.sin(orbit.azimuth()) * flat;
                double z = -StrictMath.sin(orbit.elevation());
                int at = offset + Scene.POSE * orbit.body();
                boolean moves = orbit.body() != Part.WORLD;
                double d = orbit.distance();
                place(orbit.target(), (moves ? poses[at] : 0) - d * x, (moves ? poses[at + 1] : 0) - d * y,
                        (moves ? poses[at + 2] : 0) - d * z);
                aim(x, y, z);
                perspective(orbit.fovy(), aspect);
            }
            case Camera.FirstPerson person -> {
                ride(person, poses, offset);
                perspective(person.fovy(), aspect);
            }
            case Camera.Orthographic flat -> {
                place(flat.eye(), 0, 0, 0);
                aim(flat.target().x() - eye[0], flat.target().y() - eye[1], flat.target().z() - eye[2]);
                parallel(flat.height(), aspect);
            }
        }
    }

    private void place(Vector3 at, double x, double y, double z) {
        eye[0] = at.x() + x;
        eye[1] = at.y() + y;
        eye[2] = at.z() + z;
    }

    private void aim(double x, double y, double z) {
        boolean upright = x * x + y * y > 1e-12 * z * z;
        frame(x, y, z, 0, upright ? 0 : 1, upright ? 1 : 0);
    }

    private void ride(Camera.FirstPerson person, double[] poses, int offset) {
        int at = offset + Scene.POSE * person.body();
        boolean moves = person.body() != Part.WORLD;
        double qx = moves ? poses[at + 3] : 0;
        double qy = moves ? poses[at + 4] : 0;
        double qz = moves ? poses[at + 5] : 0;
        double qw = moves ? poses[at + 6] : 1;
        Vector3 p = person.position();
        Quaternion o = person.orientation();
        double x = qw * o.x() + qx * o.w() + qy * o.z() - qz * o.y();
        double y = qw * o.y() - qx * o.z() + qy * o.w() + qz * o.x();
        double z = qw * o.z() + qx * o.y() - qy * o.x() + qz * o.w();
        double w = qw * o.w() - qx * o.x() - qy * o.y() - qz * o.z();
        place(Vector3.ZERO, moves ? poses[at] : 0, moves ? poses[at + 1] : 0, moves ? poses[at + 2] : 0);
        eye[0] += (1 - 2 * (qy * qy + qz * qz)) * p.x() + 2 * (qx * qy - qw * qz) * p.y()
                + 2 * (qx * qz + qw * qy) * p.z();
        eye[1] += 2 * (qx * qy + qw * qz) * p.x() + (1 - 2 * (qx * qx + qz * qz)) * p.y()
                + 2 * (qy * qz - qw * qx) * p.z();
        eye[2] += 2 * (qx * qz - qw * qy) * p.x() + 2 * (qy * qz + qw * qx) * p.y()
                + (1 - 2 * (qx * qx + qy * qy)) * p.z();
        frame(1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y), 2 * (x * z + w * y),
                2 * (y * z - w * x), 1 - 2 * (x * x + y * y));
    }

    /// Fills the view from the direction of sight f and the direction u that is up.
    private void frame(double fx, double fy, double fz, double ux, double uy, double uz) {
        double n = 1 / Math.sqrt(fx * fx + fy * fy + fz * fz);
        double bx = -fx * n;
        double by = -fy * n;
        double bz = -fz * n;
        double rx = uy * bz - uz * by;
        double ry = uz * bx - ux * bz;
        double rz = ux * by - uy * bx;
        double m = 1 / Math.sqrt(rx * rx + ry * ry + rz * rz);
        row(0, rx * m, ry * m, rz * m);
        row(1, (by * rz - bz * ry) * m, (bz * rx - bx * rz) * m, (bx * ry - by * rx) * m);
        row(2, bx, by, bz);
        view[3] = 0;
        view[7] = 0;
        view[11] = 0;
        view[15] = 1;
    }

    private void row(int i, double x, double y, double z) {
        view[i] = x;
        view[4 + i] = y;
        view[8 + i] = z;
        view[12 + i] = -(x * eye[0] + y * eye[1] + z * eye[2]);
    }

    private void perspective(double fovy, double aspect) {
        double scale = 1 / StrictMath.tan(fovy / 2);
        project(scale / aspect, scale, (FAR + NEAR) / (NEAR - FAR), 2 * FAR * NEAR / (NEAR - FAR), -1);
    }

    private void parallel(double height, double aspect) {
        project(2 / (height * aspect), 2 / height, 2 / (NEAR - FAR), (FAR + NEAR) / (NEAR - FAR), 0);
    }

    private void project(double x, double y, double z, double shift, double w) {
        java.util.Arrays.fill(projection, 0);
        projection[0] = x;
        projection[5] = y;
        projection[10] = z;
        projection[14] = shift;
        projection[11] = w;
        projection[15] = 1 + w;
    }

    /// From the world into the eye's frame, column-major [16]. Read only.
    public double[] view() {
        return view;
    }

    /// From the eye's frame into clip coordinates, column-major [16]. Read only.
    public double[] projection() {
        return projection;
    }

    /// Where the eye is in the world [3] [m]. Read only.
    public double[] eye() {
        return eye;
    }

    /// True where distant things are smaller.
    public boolean hasPerspective() {
        return projection[15] == 0;
    }

    /// Where a point of the world is in a picture: column and row, from the top left and in fractions of a pixel, and
    /// distance along the line of sight [m]. What is behind the eye has a distance below [#NEAR] and no place.
    ///
    /// @param target receives column, row, distance [3]
    public void project(double x, double y, double z, int width, int height, double[] target) {
        double ex = view[0] * x + view[4] * y + view[8] * z + view[12];
        double ey = view[1] * x + view[5] * y + view[9] * z + view[13];
        double ez = view[2] * x + view[6] * y + view[10] * z + view[14];
        double w = projection[11] * ez + projection[15];
        target[0] = (projection[0] * ex / w + 1) / 2 * width;
        target[1] = (1 - projection[5] * ey / w) / 2 * height;
        target[2] = -ez;
    }

    /// The line of sight through a point of a picture.
    ///
    /// @param column from the left, in fractions of a pixel
    /// @param row from the top, in fractions of a pixel
    /// @param target receives a point of the world [m] and a direction of length 1 [6]
    public void ray(double column, double row, int width, int height, double[] target) {
        double x = (2 * column / width - 1) / projection[0];
        double y = (1 - 2 * row / height) / projection[5];
        boolean perspective = hasPerspective();
        double dx = perspective ? x : 0;
        double dy = perspective ? y : 0;
        double length = Math.sqrt(dx * dx + dy * dy + 1);
        for (int i = 0; i < 3; i++) {
            double right = view[4 * i];
            double up = view[4 * i + 1];
            double back = view[4 * i + 2];
            target[i] = eye[i] + (perspective ? 0 : right * x + up * y);
            target[3 + i] = (right * dx + up * dy - back) / length;
        }
    }
}
