package dev.limber.physics.jbullet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.physics.InvalidStateException;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.ModelSpec.Shape;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.World;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.plugin.UsageException;
import dev.limber.testing.physics.Mechanisms;
import dev.limber.testing.physics.PhysicsEngineContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// jBullet keeps the contract, and what is its own besides.
class JBulletEngineTest extends PhysicsEngineContract {

    @Override
    protected PhysicsEngine engine() {
        return new JBulletEngine();
    }

    @Test
    void aWorldThatLeavesTheNumbersNamesTheBody() {
        var model = Mechanisms.model("pair",
                Mechanisms.body("calm", Vector3.ZERO, Joint.free("calm"), Inertia.sphere(1, 1)),
                Mechanisms.body("wild", Vector3.X, Joint.free("wild"), Inertia.sphere(1, 1)));
        try (World world = engine().create(model, WorldOptions.step(0.01))) {
            world.applyForce(1, new Vector3(1e39, 0, 0), Vector3.X);
            var thrown = assertThrows(InvalidStateException.class, () -> world.step(3));
            assertEquals("velocity of body 'wild' of model 'pair' is not finite after step 1", thrown.getMessage());
        }
    }

    @Test
    void aMovingPlaneIsRefused() {
        var body = new Body("raft", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY, Joint.free("raft"),
                Inertia.sphere(1, 1),
                List.of(new Geometry(new Shape.Plane(), Vector3.ZERO, Quaternion.IDENTITY, 1, 1, 1)));
        var thrown = assertThrows(UsageException.class,
                () -> engine().create(Mechanisms.model("sea", body), WorldOptions.step(0.01)));
        assertTrue(thrown.getMessage().contains("raft") && thrown.getMessage().contains("plane"), thrown.getMessage());
    }

    @Test
    void shapesOfDifferentFrictionInOneBodyAreRefused() {
        var slick = new Geometry(new Shape.Sphere(0.1), Vector3.ZERO, Quaternion.IDENTITY, 1, 1, 0);
        var rough = new Geometry(new Shape.Sphere(0.1), Vector3.X, Quaternion.IDENTITY, 1, 1, 1);
        var body = new Body("shoe", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY, Joint.free("shoe"),
                Inertia.sphere(1, 1), List.of(slick, rough));
        var thrown = assertThrows(UsageException.class,
                () -> engine().create(Mechanisms.model("shoe", body), WorldOptions.step(0.01)));
        assertTrue(thrown.getMessage().contains("friction"), thrown.getMessage());
    }
}
