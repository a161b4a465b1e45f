package dev.limber.api.render;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What there is to see of one copy of an environment: bodies that move, and parts that they carry or that stand in the
/// world. Where the bodies are is said for every picture anew, as poses [bodies, 7]: position (x, y, z) [m] and unit
/// quaternion (x, y, z, w) of each body's frame in the world.
///
/// @param bodies names of the moving bodies, in the order of the poses
/// @param parts what is seen; a part's place in this list names it in segmented pictures
/// @param ground the floor, if there is one
/// @param sun the light
/// @param sky colour of the sky overhead
/// @param horizon colour of the sky at the horizon, into which the ground fades
/// @param camera how it is best looked at
public record Scene(List<String> bodies, List<Part> parts, Optional<Ground> ground, Sun sun, Color sky, Color horizon,
        Camera camera) {

    /// Numbers per pose.
    public static final int POSE = 7;

    /// Checks that every part and the camera have their body.
    public Scene {
        bodies = List.copyOf(bodies);
        parts = List.copyOf(parts);
        for (Part part : parts) {
            requireBody("part '" + part.name() + "'", part.body(), bodies);
        }
        requireBody("the camera", camera.body(), bodies);
    }

    private static void requireBody(String what, int body, List<String> bodies) {
        if (body < Part.WORLD || body >= bodies.size()) {
            throw new IllegalArgumentException(what + " belongs to body " + body + ", the scene has " + bodies);
        }
    }

    /// Starts a scene of bodies; everything else has a default.
    public static Builder of(String... bodies) {
        return new Builder(List.of(bodies));
    }

    /// The picture of a physical model: its bodies in the model's order, each with the shapes of its geometry in one
    /// colour of `palette`, in turn. Half spaces become the ground.
    public static Builder of(ModelSpec model, Color... palette) {
        var scene = new Builder(model.bodies().stream().map(Body::name).toList());
        for (int i = 0; i < model.bodies().size(); i++) {
            for (Geometry geometry : model.bodies().get(i).geometry()) {
                if (geometry.shape() instanceof ModelSpec.Shape.Plane) {
                    scene.ground(Ground.checker(model.bodies().get(i).position().z() + geometry.position().z(), 1));
                } else {
                    scene.part(new Part(model.bodies().get(i).name(), i, geometry.position(), geometry.orientation(),
                            Shape.of(geometry.shape()), palette[i % palette.length], true));
                }
            }
        }
        return scene;
    }

    /// What stands for the ground in segmented pictures.
    public int groundSegment() {
        return parts.size() + 1;
    }

    /// Numbers in the poses of one copy.
    public int poseSize() {
        return POSE * bodies.size();
    }

    /// A copy that is looked at otherwise.
    public Scene withCamera(Camera other) {
        return new Scene(bodies, parts, ground, sun, sky, horizon, other);
    }

    /// Builds a scene. Defaults: no parts, no ground, sun in the afternoon, a light sky, a fixed camera that looks along
    /// y at the origin from 5 m.
    public static final class Builder {

        private final List<String> bodies;
        private final List<Part> parts = new ArrayList<>();
        private Optional<Ground> ground = Optional.empty();
        private Sun sun = Sun.AFTERNOON;
        private Color sky = Color.of(0x9DB9D6);
        private Color horizon = Color.of(0xE9EEF3);
        private Camera camera = new Camera.Fixed(new Vector3(0, -5, 1), Vector3.ZERO, Camera.FOVY);

        private Builder(List<String> bodies) {
            this.bodies = bodies;
        }

        /// Adds a part.
        public Builder part(Part part) {
            parts.add(part);
            return this;
        }

        /// Lays the floor.
        public Builder ground(Ground floor) {
            ground = Optional.of(floor);
            return this;
        }

        /// Sets the light.
        public Builder sun(Sun light) {
            sun = light;
            return this;
        }

        /// Sets the colours of the sky overhead and at the horizon.
        public Builder sky(Color overhead, Color atHorizon) {
            sky = overhead;
            horizon = atHorizon;
            return this;
        }

        /// Sets how it is best looked at.
        public Builder camera(Camera best) {
            camera = best;
            return this;
        }

        /// The scene.
        public Scene build() {
            return new Scene(bodies, parts, ground, sun, sky, horizon, camera);
        }
    }
}
