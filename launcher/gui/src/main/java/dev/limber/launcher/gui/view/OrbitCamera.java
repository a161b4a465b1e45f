package dev.limber.launcher.gui.view;

import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;

/// The camera that users turn, shift and move nearer. Thread-safe: what is drawn takes [#camera], an immutable one.
final class OrbitCamera {

    private static final double TURN = 0.008;
    private static final double STEEPEST = Math.PI / 2 - 0.01;
    private static final double NEAREST = 0.1;
    private static final double FARTHEST = 150;
    /// How far above the ground the eye stays [m].
    private static final double CLEARANCE = 0.05;

    private volatile Camera.Orbit camera = new Camera.Orbit(Part.WORLD, Vector3.ZERO, 5, Math.PI / 2, 0.2, Camera.FOVY);
    private volatile Camera.Orbit home = camera;
    private volatile double ground = Double.NEGATIVE_INFINITY;
    /// Height of the followed body when it began to be followed, now and at home [m].
    private volatile double height;
    private volatile double homeHeight;

    /// Looks as a scene is best looked at.
    ///
    /// @param poses of one copy [bodies, 7]
    void look(Scene scene, double[] poses) {
        home = orbit(scene.camera(), poses);
        camera = home;
        ground = scene.ground().map(Ground::height).orElse(Double.NEGATIVE_INFINITY);
        homeHeight = height(home.body(), poses);
        height = homeHeight;
    }

    private static Camera.Orbit orbit(Camera best, double[] poses) {
        return switch (best) {
            case Camera.Orbit orbit -> orbit;
            case Camera.Fixed fixed ->
                    orbit(Part.WORLD, fixed.target(), from(fixed.eye(), fixed.target()), fixed.fovy());
            case Camera.Following following -> {
                Vector3 back = following.offset();
                yield orbit(following.body(), Vector3.ZERO, new Vector3(-back.x(), -back.y(), -back.z()),
                        following.fovy());
            }
            case Camera.FirstPerson person -> orbit(person.body(), Vector3.ZERO, new Vector3(1, 0.6, -0.6),
                    person.fovy());
            case Camera.Orthographic flat -> {
                Vector3 sight = from(flat.eye(), flat.target());
                double distance = flat.height() / 2 / Math.tan(Camera.FOVY / 2);
                double scale = distance / sight.length();
                yield orbit(Part.WORLD, flat.target(),
                        new Vector3(scale * sight.x(), scale * sight.y(), scale * sight.z()), Camera.FOVY);
            }
        };
    }

    private static Vector3 from(Vector3 eye, Vector3 target) {
        return new Vector3(target.x() - eye.x(), target.y() - eye.y(), target.z() - eye.z());
    }

    private static Camera.Orbit orbit(int body, Vector3 target, Vector3 sight, double fovy) {
        double distance = sight.length();
        return new Camera.Orbit(body, target, distance, Math.atan2(sight.y(), sight.x()),
                Math.clamp(Math.asin(-sight.z() / distance), -STEEPEST, STEEPEST), fovy);
    }

    /// What is drawn with.
    Camera.Orbit camera() {
        return camera;
    }

    /// Looks as at first.
    void reset() {
        camera = home;
        height = homeHeight;
    }

    /// Turns by a movement of the mouse [logical pixels].
    void turn(double dx, double dy) {
        Camera.Orbit c = camera;
        camera = above(new Camera.Orbit(c.body(), c.target(), c.distance(), c.azimuth() - TURN * dx,
                Math.clamp(c.elevation() + TURN * dy, -STEEPEST, STEEPEST), c.fovy()));
    }

    /// Shifts by a movement of the mouse, so that what is under it stays there.
    ///
    /// @param height of the picture, in the same unit
    void shift(double dx, double dy, double height) {
        Camera.Orbit c = camera;
        double metres = 2 * c.distance() * Math.tan(c.fovy() / 2) / height;
        double right = -dx * metres;
        double up = dy * metres;
        double sin = Math.sin(c.azimuth());
        double cos = Math.cos(c.azimuth());
        double lift = Math.sin(c.elevation());
        Vector3 t = c.target();
        camera = above(new Camera.Orbit(c.body(),
                new Vector3(t.x() + right * sin + up * lift * cos, t.y() - right * cos + up * lift * sin,
                        t.z() + up * Math.cos(c.elevation())),
                c.distance(), c.azimuth(), c.elevation(), c.fovy()));
    }

    /// Moves nearer, or away for negative clicks of the wheel.
    void zoom(double clicks) {
        Camera.Orbit c = camera;
        camera = above(new Camera.Orbit(c.body(), c.target(), Math.clamp(c.distance() * Math.pow(0.9, clicks), NEAREST,
                FARTHEST), c.azimuth(), c.elevation(), c.fovy()));
    }

    /// The same, but no lower than the ground, from under which nothing is seen.
    private Camera.Orbit above(Camera.Orbit c) {
        double rise = (ground + CLEARANCE - c.target().z() - height) / c.distance();
        double lowest = Math.min(STEEPEST, Math.asin(Math.clamp(rise, -1, 1)));
        return new Camera.Orbit(c.body(), c.target(), c.distance(), c.azimuth(), Math.max(c.elevation(), lowest),
                c.fovy());
    }

    private static double height(int body, double[] poses) {
        return body == Part.WORLD ? 0 : poses[Scene.POSE * body + 2];
    }

    /// Moves with a body from now on, or stands still for [Part#WORLD].
    ///
    /// @param poses of one copy now [bodies, 7]
    void follow(int body, double[] poses) {
        Camera.Orbit c = camera;
        Vector3 t = c.target();
        int was = Scene.POSE * c.body();
        int is = Scene.POSE * body;
        boolean from = c.body() != Part.WORLD;
        boolean to = body != Part.WORLD;
        Vector3 target = to ? Vector3.ZERO
                : new Vector3(t.x() + (from ? poses[was] : 0), t.y() + (from ? poses[was + 1] : 0),
                        t.z() + (from ? poses[was + 2] : 0));
        if (to && is + 2 >= poses.length) {
            return;
        }
        height = height(body, poses);
        camera = new Camera.Orbit(body, target, c.distance(), c.azimuth(), c.elevation(), c.fovy());
    }

    /// The body that it moves with, or [Part#WORLD].
    int followed() {
        return camera.body();
    }
}
