package dev.limber.robot.simulated;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.World;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model on a physics engine. Its joints are the HINGEs and SLIDEs; those with an actuator have a drive, which follows
/// positions and velocities by its effort alone. Friction at rest (stiction) is taken from the effort.
final class ModelPlant implements Plant {

    private static final int ITERATIONS = 20;
    /// Full effort at this distance [rad or m].
    private static final double FULL_EFFORT_AT = 0.1;
    /// The drive's damping is critical at this frequency [rad/s].
    private static final double BANDWIDTH = 40;
    /// Below this velocity a joint sticks [rad/s or m/s].
    private static final double STICKS_BELOW = 1e-3;
    /// Fastest motion of a drive of which the model says nothing [rad/s or m/s].
    private static final double MAX_VELOCITY = 20;

    private final World world;
    private final List<Joint> joints;
    private final int[] positionIndex;
    private final int[] velocityIndex;
    private final int[] actuatorIndex;
    private final double[] gear;
    private final double[] start;
    private final double stiction;
    private final double[] allPositions;
    private final double[] allVelocities;
    private final double[] control;
    private final double[] effort;

    /// Made on the thread that uses it.
    ///
    /// @param start positions of the joints at first [rad or m]; empty for those of the model
    /// @param stiction effort below which a joint at rest does not move [N m or N]
    ModelPlant(ModelSpec model, PhysicsEngine engine, WorldOptions options, double[] start, double stiction) {
        joints = joints(model);
        this.stiction = stiction;
        this.start = start;
        positionIndex = new int[joints.size()];
        velocityIndex = new int[joints.size()];
        actuatorIndex = new int[joints.size()];
        gear = new double[joints.size()];
        int position = 0;
        int velocity = 0;
        int next = 0;
        for (ModelSpec.Body body : model.bodies()) {
            if (body.joint().hasAxis()) {
                positionIndex[next] = position;
                velocityIndex[next] = velocity;
                actuatorIndex[next] = -1;
                for (int a = 0; a < model.actuators().size(); a++) {
                    if (model.actuators().get(a).joint().equals(body.joint().name())) {
                        actuatorIndex[next] = a;
                        gear[next] = model.actuators().get(a).gear();
                    }
                }
                next++;
            }
            position += body.joint().type().positions();
            velocity += body.joint().type().velocities();
        }
        world = engine.create(model, options);
        allPositions = new double[world.positionCount()];
        allVelocities = new double[world.velocityCount()];
        control = new double[model.actuators().size()];
        effort = new double[joints.size()];
        reset();
    }

    /// The joints of a model, with what their actuators can do.
    static List<Joint> joints(ModelSpec model) {
        List<Joint> joints = new ArrayList<>();
        for (ModelSpec.Body body : model.bodies()) {
            if (body.joint().hasAxis()) {
                Actuator actuator = model.actuators().stream().filter(a -> a.joint().equals(body.joint().name()))
                        .findFirst().orElse(null);
                double most = actuator == null ? Double.POSITIVE_INFINITY
                        : Math.abs(actuator.gear()) * Math.min(-actuator.low(), actuator.high());
                joints.add(new Joint(body.joint().name(), body.joint().low(), body.joint().high(), MAX_VELOCITY,
                        Double.POSITIVE_INFINITY, most, actuator != null));
            }
        }
        return List.copyOf(joints);
    }

    static WorldOptions options(double stepSeconds) {
        return new WorldOptions(stepSeconds, ITERATIONS, WorldOptions.step(stepSeconds).gravity());
    }

    @Override
    public List<Joint> joints() {
        return joints;
    }

    @Override
    public double stepSeconds() {
        return world.options().stepSeconds();
    }

    @Override
    public void step(Drive[] drives, double[] goals) {
        world.positions(allPositions);
        world.velocities(allVelocities);
        for (int i = 0; i < effort.length; i++) {
            if (actuatorIndex[i] < 0) {
                continue;
            }
            double most = joints.get(i).maxEffort();
            double stiffness = most / FULL_EFFORT_AT;
            double damping = 2 * stiffness / BANDWIDTH;
            double velocity = allVelocities[velocityIndex[i]];
            double wanted = switch (drives[i]) {
                case POSITION -> stiffness * (goals[i] - allPositions[positionIndex[i]]) - damping * velocity;
                case VELOCITY -> damping * (goals[i] - velocity);
                case EFFORT -> goals[i];
                case DAMPING -> -damping * velocity;
                case OFF -> 0;
            };
            effort[i] = Math.clamp(wanted, -most, most);
            control[actuatorIndex[i]] = rubbed(effort[i], velocity) / gear[i];
        }
        world.setControl(control);
        world.step(1);
    }

    private double rubbed(double drive, double velocity) {
        if (Math.abs(velocity) < STICKS_BELOW) {
            return Math.abs(drive) <= stiction ? 0 : drive - Math.signum(drive) * stiction;
        }
        return drive - Math.signum(velocity) * stiction;
    }

    @Override
    public void measure(double[] positions, double[] velocities, double[] efforts) {
        world.positions(allPositions);
        world.velocities(allVelocities);
        for (int i = 0; i < effort.length; i++) {
            positions[i] = allPositions[positionIndex[i]];
            velocities[i] = allVelocities[velocityIndex[i]];
            efforts[i] = actuatorIndex[i] < 0 ? Double.NaN : effort[i];
        }
    }

    @Override
    public void reset() {
        world.reset();
        if (start.length > 0) {
            world.positions(allPositions);
            for (int i = 0; i < start.length; i++) {
                allPositions[positionIndex[i]] = start[i];
            }
            Arrays.fill(allVelocities, 0);
            world.setJoints(allPositions, allVelocities);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
