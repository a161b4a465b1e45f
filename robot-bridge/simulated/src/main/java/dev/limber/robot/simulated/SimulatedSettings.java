package dev.limber.robot.simulated;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// What can be chosen about a simulated robot.
@ObjectClassDefinition(name = "Simulated robot")
public @interface SimulatedSettings {

    /// Name of the physics engine.
    @AttributeDefinition(description = "name of the physics engine")
    String engine() default "jbullet";

    /// Time per physics step [s].
    @AttributeDefinition(description = "time per physics step [s]", min = "0.0001", max = "0.02")
    double step() default 0.001;

    /// Positions of the joints at first.
    @AttributeDefinition(description = "positions of the joints at first [rad or m]: 0,0.02; default those of the model")
    String start() default "";

    /// Whether it is held until it is to move.
    @AttributeDefinition(description = "whether somebody holds it still until it is told to move, and puts it back when it has no torque")
    boolean hand() default true;

    /// How late everything is [s].
    @AttributeDefinition(description = "how old a measurement is, and how late a command takes effect [s]", min = "0", max = "1")
    double latency() default 0;

    /// Steps of measured positions [rad or m].
    @AttributeDefinition(description = "steps of measured positions [rad or m]; 0 for none", min = "0")
    double resolution() default 0;

    /// Noise of positions [rad or m].
    @AttributeDefinition(description = "standard deviation of measured positions [rad or m]", min = "0")
    double positionNoise() default 0;

    /// Noise of velocities [rad/s or m/s].
    @AttributeDefinition(description = "standard deviation of measured velocities [rad/s or m/s]", min = "0")
    double velocityNoise() default 0;

    /// Friction at rest [N m or N].
    @AttributeDefinition(description = "effort that it takes to move a joint with a drive at all [N m or N]", min = "0")
    double stiction() default 0;

    /// Lost packets.
    @AttributeDefinition(description = "probability that a reading fails, and that a command is lost", min = "0", max = "1")
    double loss() default 0;

    /// Seed of all chance.
    @AttributeDefinition(description = "seed of noise and loss")
    long seed() default 1;
}
