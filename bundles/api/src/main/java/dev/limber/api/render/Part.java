package dev.limber.api.render;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;

/// A shape that a body carries, or that stands in the world.
///
/// @param name what people call it
/// @param body index of the body that carries it, or [#WORLD]
/// @param position of the shape in the body's frame [m]
/// @param orientation of the shape in the body's frame
/// @param shape what it looks like
/// @param color its colour
/// @param shadow whether it casts a shadow
public record Part(String name, int body, Vector3 position, Quaternion orientation, Shape shape, Color color,
        boolean shadow) {

    /// Instead of a body: it never moves.
    public static final int WORLD = -1;

    /// A part of a body at its origin, unturned, with shadow.
    public static Part of(String name, int body, Shape shape, Color color) {
        return new Part(name, body, Vector3.ZERO, Quaternion.IDENTITY, shape, color, true);
    }

    /// A part that never moves, with shadow.
    public static Part fixed(String name, Vector3 position, Shape shape, Color color) {
        return new Part(name, WORLD, position, Quaternion.IDENTITY, shape, color, true);
    }

    /// A copy at another place in the body's frame [m].
    public Part at(double x, double y, double z) {
        return new Part(name, body, new Vector3(x, y, z), orientation, shape, color, shadow);
    }

    /// A copy turned otherwise.
    public Part turned(Quaternion to) {
        return new Part(name, body, position, to, shape, color, shadow);
    }

    /// A copy that casts no shadow.
    public Part withoutShadow() {
        return new Part(name, body, position, orientation, shape, color, false);
    }
}
