package dev.limber.robot.testing;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.World;
import java.util.Arrays;

/// A mechanism that a physics engine moves. Made on the thread that uses it.
final class WorldMechanism implements Mechanism {

    private final Rig rig;
    private final World world;

    /// @param rig all joints of its model are HINGE or SLIDE, each with one actuator of gear 1 in their order
    WorldMechanism(Rig rig, PhysicsEngine engine) {
        this.rig = rig;
        world = engine.create(rig.model(), rig.options());
        reset();
    }

    @Override
    public int joints() {
        return rig.mounts().size();
    }

    @Override
    public double stepSeconds() {
        return rig.options().stepSeconds();
    }

    @Override
    public void positions(double[] target) {
        world.positions(target);
    }

    @Override
    public void velocities(double[] target) {
        world.velocities(target);
    }

    @Override
    public void step(double[] efforts) {
        world.setControl(efforts);
        world.step(1);
    }

    @Override
    public void reset() {
        double[] start = new double[joints()];
        Arrays.setAll(start, i -> rig.mounts().get(i).start());
        world.setJoints(start, new double[joints()]);
    }

    @Override
    public void close() {
        world.close();
    }
}
