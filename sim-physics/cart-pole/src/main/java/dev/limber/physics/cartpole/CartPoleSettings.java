package dev.limber.physics.cartpole;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// What can be chosen about the cart-pole.
@ObjectClassDefinition(name = "Cart-pole on jBullet")
public @interface CartPoleSettings {

    /// The kind of action.
    @AttributeDefinition(description = "discrete pushes with 10 N to the left or right, continuous with -1 to 1 times 10 N", options = {
        @Option(label = "left or right", value = "discrete"),
        @Option(label = "any force", value = "continuous")})
    String action() default "discrete";

    /// Physics steps per environment step.
    @AttributeDefinition(description = "physics steps per 20 ms; twice as many quarter the error", min = "1", max = "1000")
    int substeps() default 8;

    /// Weight of the reward for being in the middle.
    @AttributeDefinition(description = "weight of a second term of the reward, from 1 in the middle of the rail to 0 at its ends; 0 for CartPole-v1's reward alone, with which the cart may drift off after the 500 steps", min = "0", max = "100")
    double centering() default 0;

    /// Furthest beginning [m].
    @AttributeDefinition(description = "furthest from the middle that the cart begins [m]: a number, or a range as 0..1 that is drawn from for each episode")
    String start() default "0.05";

    /// Mass of the cart [kg].
    @AttributeDefinition(description = "mass of the cart [kg]; a number or a range")
    String cartMass() default "1";

    /// Mass of the pole [kg].
    @AttributeDefinition(description = "mass of the pole [kg]; a number or a range")
    String poleMass() default "0.1";

    /// Length of the pole [m].
    @AttributeDefinition(description = "length of the pole [m]; a number or a range")
    String poleLength() default "1";

    /// Friction of the rail [N].
    @AttributeDefinition(description = "force that it takes to move the cart on its rail [N]; a number or a range")
    String friction() default "0";

    /// Strength of the motor.
    @AttributeDefinition(description = "part that the motor has of the force it is asked for; a number or a range")
    String strength() default "1";

    /// Speed of the motor [m/s].
    @AttributeDefinition(description = "speed of the cart at which the motor has no force left [m/s]; a number or a range")
    String topSpeed() default "Infinity";

    /// Delay of actions [s].
    @AttributeDefinition(description = "time from an action to its force, in whole physics steps [s]; a number or a range")
    String actionDelay() default "0";

    /// Delay of observations [s].
    @AttributeDefinition(description = "age of what is observed, in whole physics steps [s]; a number or a range")
    String observationDelay() default "0";

    /// Noise of positions [m and rad].
    @AttributeDefinition(description = "standard deviation of observed positions [m and rad]; a number or a range")
    String positionNoise() default "0";

    /// Noise of velocities [m/s and rad/s].
    @AttributeDefinition(description = "standard deviation of observed velocities [m/s and rad/s]; a number or a range")
    String velocityNoise() default "0";
}
