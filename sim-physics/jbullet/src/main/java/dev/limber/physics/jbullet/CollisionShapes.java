package dev.limber.physics.jbullet;

import com.bulletphysics.collision.shapes.BoxShape;
import com.bulletphysics.collision.shapes.CapsuleShapeZ;
import com.bulletphysics.collision.shapes.CollisionShape;
import com.bulletphysics.collision.shapes.CompoundShape;
import com.bulletphysics.collision.shapes.CylinderShapeZ;
import com.bulletphysics.collision.shapes.SphereShape;
import com.bulletphysics.collision.shapes.StaticPlaneShape;
import com.bulletphysics.linearmath.Transform;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Shape;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.UsageException;
import java.util.List;
import javax.vecmath.Quat4f;
import javax.vecmath.Vector3f;

/// Turns the geometry of a body into what jBullet collides, relative to the body's centre of mass.
final class CollisionShapes {

    /// jBullet keeps shapes apart by a margin that is part of them; small shapes need a smaller one.
    private static final double MARGIN = 0.04;

    private CollisionShapes() {}

    /// The geometry that can touch anything.
    static List<Geometry> solid(Body body) {
        return body.geometry().stream().filter(g -> g.group() != 0 && g.mask() != 0).toList();
    }

    /// What the body collides with others as.
    ///
    /// @throws UsageException where jBullet has no such thing
    static CollisionShape of(ModelSpec model, Body body, boolean immovable) {
        List<Geometry> solid = solid(body);
        String where = "body '" + body.name() + "' of model '" + model.name() + "' ";
        if (solid.isEmpty()) {
            // jBullet moves only what has a shape; the filter of the world lets it touch nothing.
            return new SphereShape(0.01f);
        }
        Geometry first = solid.getFirst();
        for (Geometry geometry : solid) {
            if (geometry.group() != first.group() || geometry.mask() != first.mask()
                    || geometry.friction() != first.friction()) {
                throw new UsageException(
                        where + "has colliding shapes of different group, mask or friction; jbullet needs "
                                + "them equal within a body");
            }
            if (geometry.shape() instanceof Shape.Plane && (!immovable || solid.size() > 1)) {
                throw new UsageException(where + "has a plane; jbullet needs it to be fixed to the world, as its only "
                        + "colliding shape");
            }
        }
        if (first.shape() instanceof Shape.Plane) {
            return plane(first, body.inertia().center());
        }
        var compound = new CompoundShape();
        for (Geometry geometry : solid) {
            compound.addChildShape(transform(geometry, body.inertia().center()), shape(geometry.shape()));
        }
        boolean centered = solid.size() == 1 && first.orientation().equals(Quaternion.IDENTITY)
                && first.position().equals(body.inertia().center());
        return centered ? compound.getChildShape(0) : compound;
    }

    private static CollisionShape plane(Geometry geometry, Vector3 center) {
        double[] m = Rotations.matrix(geometry.orientation());
        double constant = m[2] * (geometry.position().x() - center.x()) + m[5] * (geometry.position().y() - center.y())
                + m[8] * (geometry.position().z() - center.z());
        return new StaticPlaneShape(new Vector3f((float) m[2], (float) m[5], (float) m[8]), (float) constant);
    }

    private static Transform transform(Geometry geometry, Vector3 center) {
        Quaternion q = geometry.orientation();
        var transform = new Transform();
        transform.setIdentity();
        transform.basis.set(new Quat4f((float) q.x(), (float) q.y(), (float) q.z(), (float) q.w()));
        transform.origin.set((float) (geometry.position().x() - center.x()),
                (float) (geometry.position().y() - center.y()), (float) (geometry.position().z() - center.z()));
        return transform;
    }

    private static CollisionShape shape(Shape shape) {
        return switch (shape) {
            case Shape.Box(Vector3 half) -> withMargin(new BoxShape(extents(half)),
                    Math.min(half.x(), Math.min(half.y(), half.z())));
            case Shape.Sphere(double radius) -> new SphereShape((float) radius);
            case Shape.Capsule(double radius, double length) -> withMargin(
                    new CapsuleShapeZ((float) radius, (float) length), radius);
            case Shape.Cylinder(double radius, double length) -> withMargin(
                    new CylinderShapeZ(extents(new Vector3(radius, radius, length / 2))), Math.min(radius, length / 2));
            case Shape.Plane() -> throw new IllegalArgumentException("a plane stands alone");
        };
    }

    private static CollisionShape withMargin(CollisionShape shape, double smallest) {
        shape.setMargin((float) Math.min(MARGIN, smallest / 2));
        return shape;
    }

    private static Vector3f extents(Vector3 half) {
        return new Vector3f((float) half.x(), (float) half.y(), (float) half.z());
    }
}
