package dev.limber.robot.simulated;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// What can be chosen about ideal joints.
@ObjectClassDefinition(name = "Ideal joints")
public @interface MockSettings {

    /// Names of the joints.
    @AttributeDefinition(description = "names of the joints: hip,knee")
    String joints() default "joint1,joint2";

    /// Joints without a drive.
    @AttributeDefinition(description = "names of joints that are only measured")
    String measured() default "";

    /// Lowest position [rad].
    @AttributeDefinition(description = "lowest position of every joint [rad]")
    double low() default -3.141592653589793;

    /// Highest position [rad].
    @AttributeDefinition(description = "highest position of every joint [rad]")
    double high() default 3.141592653589793;

    /// Largest velocity [rad/s].
    @AttributeDefinition(description = "largest velocity of every joint [rad/s]", min = "0")
    double velocity() default 6;

    /// Largest effort [N m].
    @AttributeDefinition(description = "largest effort of every joint [N m]", min = "0")
    double effort() default 4;
}
