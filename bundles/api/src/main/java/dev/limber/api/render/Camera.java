package dev.limber.api.render;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;

/// Where a scene is looked at from. What it sees of one copy is its [View], a pure function of the camera and the poses.
/// Up is z, or y for one that looks straight up or down. Angles are in radians, `fovy` is the vertical field of view.
public sealed interface Camera {

    /// A field of view for most purposes: 40 degrees.
    double FOVY = 40 * Math.PI / 180;

    /// The body that it moves with, or [Part#WORLD].
    default int body() {
        return Part.WORLD;
    }

    /// Stands at `eye` and looks at `target` [m].
    record Fixed(Vector3 eye, Vector3 target, double fovy) implements Camera {
        /// Checks the field of view.
        public Fixed {
            requireFovy(fovy);
        }
    }

    /// Looks at a body from a constant offset in the world's axes [m], however the body turns.
    record Following(int body, Vector3 offset, double fovy) implements Camera {
        /// Checks the field of view and that there is a body.
        public Following {
            requireFovy(fovy);
            if (body < 0) {
                throw new IllegalArgumentException("a camera follows body " + body + ", it must be at least 0");
            }
        }
    }

    /// Stands on a sphere about a target.
    ///
    /// @param body what the target moves with, or [Part#WORLD]
    /// @param target middle of the sphere, in the world's axes from the body's origin [m]
    /// @param distance its radius [m]
    /// @param azimuth direction in which it looks, about z from x
    /// @param elevation how high it stands above the target's horizon, within +-pi/2
    record Orbit(int body, Vector3 target, double distance, double azimuth, double elevation,
            double fovy) implements Camera {
        /// Checks the field of view and the distance.
        public Orbit {
            requireFovy(fovy);
            if (!(distance > 0)) {
                throw new IllegalArgumentException("a camera orbits at " + distance + " m, it must be above 0");
            }
        }
    }

    /// Sits on a body and looks along x of its own frame, with z up.
    ///
    /// @param position of the camera in the body's frame [m]
    /// @param orientation of the camera in the body's frame
    record FirstPerson(int body, Vector3 position, Quaternion orientation, double fovy) implements Camera {
        /// Checks the field of view.
        public FirstPerson {
            requireFovy(fovy);
        }
    }

    /// Looks at `target` from the direction of `eye` without perspective.
    ///
    /// @param height of what is seen [m]
    record Orthographic(Vector3 eye, Vector3 target, double height) implements Camera {
        /// Checks the height.
        public Orthographic {
            if (!(height > 0)) {
                throw new IllegalArgumentException("a camera sees a height of " + height + " m, it must be above 0");
            }
        }
    }

    private static void requireFovy(double fovy) {
        if (!(fovy > 0 && fovy < Math.PI)) {
            throw new IllegalArgumentException(
                    "a camera's field of view is " + fovy + " rad, it must be within 0 and pi");
        }
    }
}
