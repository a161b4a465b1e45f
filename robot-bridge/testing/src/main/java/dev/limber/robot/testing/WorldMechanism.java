package dev.limber.robot.testing;

import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.World;
import java.util.Arrays;

/// A mechanism that a physics engine moves. Made on the thread that uses it.
final class WorldMechanism implements Mechanism {

    private final Rig rig;
    private final World world;
    private final double[] coordinates;
    private final double[] speeds;
    /// Where each servo's joint stands in them.
    private final int[] inCoordinates;
    private final int[] inSpeeds;

    WorldMechanism(Rig rig, PhysicsEngine engine) {
        this.rig = rig;
        world = engine.create(rig.model(), rig.options());
        coordinates = new double[world.positionCount()];
        speeds = new double[world.velocityCount()];
        inCoordinates = new int[joints()];
        inSpeeds = new int[joints()];
        int servo = 0;
        int coordinate = 0;
        int speed = 0;
        for (Body body : rig.model().bodies()) {
            if (body.joint().hasAxis()) {
                inCoordinates[servo] = coordinate;
                inSpeeds[servo++] = speed;
            }
            coordinate += body.joint().type().positions();
            speed += body.joint().type().velocities();
        }
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
        world.positions(coordinates);
        for (int i = 0; i < inCoordinates.length; i++) {
            target[i] = coordinates[inCoordinates[i]];
        }
    }

    @Override
    public void velocities(double[] target) {
        world.velocities(speeds);
        for (int i = 0; i < inSpeeds.length; i++) {
            target[i] = speeds[inSpeeds[i]];
        }
    }

    /// Poses of all bodies, as [World#poses].
    void poses(double[] target) {
        world.poses(target);
    }

    @Override
    public void step(double[] efforts) {
        world.setControl(efforts);
        world.step(1);
    }

    @Override
    public void reset() {
        world.reset();
        world.positions(coordinates);
        for (int i = 0; i < inCoordinates.length; i++) {
            coordinates[inCoordinates[i]] = rig.mounts().get(i).start();
        }
        Arrays.fill(speeds, 0);
        world.setJoints(coordinates, speeds);
    }

    @Override
    public void close() {
        world.close();
    }
}
