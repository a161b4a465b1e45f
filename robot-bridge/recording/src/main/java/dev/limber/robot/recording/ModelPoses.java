package dev.limber.robot.recording;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Scene;
import java.util.List;
import java.util.Optional;

/// Where the bodies of a model are, from the positions of its joints. Joints that are not measured stand at 0.
final class ModelPoses {

    private final ModelSpec model;
    private final int[] columns;
    private final int[] parents;

    private ModelPoses(ModelSpec model, List<String> joints) {
        this.model = model;
        columns = model.bodies().stream().mapToInt(body -> joints.indexOf(body.joint().name())).toArray();
        parents = model.bodies().stream().mapToInt(body -> body.parent().map(model::bodyIndex).orElse(-1)).toArray();
    }

    /// Of a scene that shows the model's bodies; empty where it does not, or the robot has none of the model's joints.
    static Optional<ModelPoses> of(ModelSpec model, Scene scene, List<String> joints) {
        boolean same = scene.bodies().equals(model.bodies().stream().map(Body::name).toList());
        boolean moved = model.bodies().stream().anyMatch(body -> joints.contains(body.joint().name()));
        return same && moved ? Optional.of(new ModelPoses(model, joints)) : Optional.empty();
    }

    /// @param positions of the robot's joints [rad or m]
    /// @param poses receives [bodies, 7]
    void write(double[] positions, double[] poses) {
        for (int i = 0; i < parents.length; i++) {
            Body body = model.bodies().get(i);
            double q = columns[i] < 0 || Double.isNaN(positions[columns[i]]) ? 0 : positions[columns[i]];
            Vector3 axis = body.joint().axis();
            Vector3 offset = body.position();
            Quaternion turn = body.orientation();
            switch (body.joint().type()) {
                case HINGE -> turn = times(turn, Quaternion.about(axis, q));
                case SLIDE -> {
                    Vector3 way = turned(turn, axis);
                    offset = new Vector3(offset.x() + q * way.x(), offset.y() + q * way.y(), offset.z() + q * way.z());
                }
                case FREE, BALL, FIXED -> {
                    // Not moved by one number.
                }
            }
            if (parents[i] >= 0) {
                int at = parents[i] * Scene.POSE;
                var parent = new Quaternion(poses[at + 3], poses[at + 4], poses[at + 5], poses[at + 6]);
                Vector3 moved = turned(parent, offset);
                offset = new Vector3(poses[at] + moved.x(), poses[at + 1] + moved.y(), poses[at + 2] + moved.z());
                turn = times(parent, turn);
            }
            int at = i * Scene.POSE;
            poses[at] = offset.x();
            poses[at + 1] = offset.y();
            poses[at + 2] = offset.z();
            poses[at + 3] = turn.x();
            poses[at + 4] = turn.y();
            poses[at + 5] = turn.z();
            poses[at + 6] = turn.w();
        }
    }

    private static Quaternion times(Quaternion a, Quaternion b) {
        return new Quaternion(a.w() * b.x() + a.x() * b.w() + a.y() * b.z() - a.z() * b.y(),
                a.w() * b.y() - a.x() * b.z() + a.y() * b.w() + a.z() * b.x(),
                a.w() * b.z() + a.x() * b.y() - a.y() * b.x() + a.z() * b.w(),
                a.w() * b.w() - a.x() * b.x() - a.y() * b.y() - a.z() * b.z());
    }

    private static Vector3 turned(Quaternion q, Vector3 v) {
        Quaternion r = times(times(q, new Quaternion(v.x(), v.y(), v.z(), 0)),
                new Quaternion(-q.x(), -q.y(), -q.z(), q.w()));
        return new Vector3(r.x(), r.y(), r.z());
    }
}
