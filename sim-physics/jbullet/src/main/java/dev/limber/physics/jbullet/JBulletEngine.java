package dev.limber.physics.jbullet;

import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.World;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.plugin.Plugin;
import org.osgi.service.component.annotations.Component;

/// Rigid bodies in maximal coordinates on jBullet, the Java port of Bullet 2.72: single precision, sequential impulses,
/// semi-implicit Euler.
///
/// Snapshots are CANONICAL: contact caches are emptied by save and by restore. A world in which nothing can collide has
/// none, and there saving changes nothing.
@Component(service = PhysicsEngine.class)
@Plugin(name = "jbullet", description = "rigid bodies in plain Java on jBullet")
public final class JBulletEngine implements PhysicsEngine {

    private static final Capabilities CAPABILITIES = new Capabilities(Snapshot.CANONICAL, false, false, true);

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public World create(ModelSpec model, WorldOptions options) {
        return new JBulletWorld(model, options);
    }
}
