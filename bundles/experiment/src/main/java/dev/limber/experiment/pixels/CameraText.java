package dev.limber.experiment.pixels;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import java.util.Arrays;
import java.util.List;

/// Cameras as users write them: `scene`, `follow:cart`, `follow:cart,0,-3,0.5`, `first-person:torso`,
/// `orbit:90,15,7`, `fixed:0,-7,2,0,0,0`.
public final class CameraText {

    private static final String FORMS = "scene, follow:BODY or follow:BODY,X,Y,Z, first-person:BODY, "
            + "orbit:AZIMUTH,ELEVATION,DISTANCE or fixed:X,Y,Z,TARGET_X,TARGET_Y,TARGET_Z";

    private CameraText() {}

    /// Reads a camera.
    ///
    /// @param owner what takes it, for messages: "--camera"
    /// @throws UsageException where it is none, or names a body that the scene has not
    public static Camera parse(String owner, String text, Scene scene) {
        int colon = text.indexOf(':');
        String form = colon < 0 ? text : text.substring(0, colon);
        List<String> parts = colon < 0 ? List.of() : Arrays.asList(text.substring(colon + 1).split(",", -1));
        try {
            return switch (form + ":" + parts.size()) {
                case "scene:0" -> scene.camera();
                case "follow:1" -> new Camera.Following(body(parts.getFirst(), owner, scene), offset(scene.camera()),
                        Camera.FOVY);
                case "follow:4" -> new Camera.Following(body(parts.getFirst(), owner, scene), vector(parts, 1),
                        Camera.FOVY);
                case "first-person:1" -> new Camera.FirstPerson(body(parts.getFirst(), owner, scene), Vector3.ZERO,
                        Quaternion.IDENTITY, Camera.FOVY);
                case "orbit:3" -> new Camera.Orbit(Part.WORLD, target(scene.camera()),
                        Double.parseDouble(parts.get(2)), Math.toRadians(Double.parseDouble(parts.get(0))),
                        Math.toRadians(Double.parseDouble(parts.get(1))), Camera.FOVY);
                case "fixed:6" -> new Camera.Fixed(vector(parts, 0), vector(parts, 3), Camera.FOVY);
                default -> throw new UsageException(owner + " takes " + FORMS + ", not '" + text + "'");
            };
        } catch (UsageException wrong) {
            throw wrong;
        } catch (IllegalArgumentException wrong) { // numbers that are none, distances of 0
            throw new UsageException(owner + " takes " + FORMS + ", not '" + text + "'");
        }
    }

    private static int body(String name, String owner, Scene scene) {
        int body = scene.bodies().indexOf(name);
        if (body < 0) {
            throw new UsageException(owner + " names the body '" + name + "'; there are "
                    + String.join(", ", scene.bodies()));
        }
        return body;
    }

    private static Vector3 vector(List<String> parts, int first) {
        return new Vector3(Double.parseDouble(parts.get(first)), Double.parseDouble(parts.get(first + 1)),
                Double.parseDouble(parts.get(first + 2)));
    }

    /// The point that a camera looks at, where it stands in the world.
    private static Vector3 target(Camera camera) {
        return switch (camera) {
            case Camera.Fixed fixed -> fixed.target();
            case Camera.Orbit orbit -> orbit.target();
            case Camera.Orthographic flat -> flat.target();
            case Camera.Following following -> Vector3.ZERO;
            case Camera.FirstPerson person -> Vector3.ZERO;
        };
    }

    /// From what a camera looks at to its eye.
    private static Vector3 offset(Camera camera) {
        return switch (camera) {
            case Camera.Fixed fixed -> difference(fixed.eye(), fixed.target());
            case Camera.Orthographic flat -> difference(flat.eye(), flat.target());
            case Camera.Following following -> following.offset();
            case Camera.Orbit orbit -> {
                double flat = StrictMath.cos(orbit.elevation()) * orbit.distance();
                yield new Vector3(-flat * StrictMath.cos(orbit.azimuth()), -flat * StrictMath.sin(orbit.azimuth()),
                        orbit.distance() * StrictMath.sin(orbit.elevation()));
            }
            case Camera.FirstPerson person -> new Vector3(0, -4, 1);
        };
    }

    private static Vector3 difference(Vector3 to, Vector3 from) {
        return new Vector3(to.x() - from.x(), to.y() - from.y(), to.z() - from.z());
    }
}
