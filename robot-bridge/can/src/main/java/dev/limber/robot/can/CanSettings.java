package dev.limber.robot.can;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Options of motor controllers on a CAN bus.
@ObjectClassDefinition
public @interface CanSettings {

    /// The joints.
    @AttributeDefinition(description = "joints with commas between: NAME:NODE, NAME:NODE:LOW:HIGH [rad] or NAME:NODE:LOW:HIGH:GEAR [motor turns per turn of the joint]")
    String joints() default "";

    /// Time for a cycle.
    @AttributeDefinition(description = "time for a cycle [s]", min = "0.001", max = "1")
    double cycle() default 0.005;

    /// Greatest velocity.
    @AttributeDefinition(description = "greatest velocity of a joint [rad/s]", min = "0.001")
    double velocity() default 5;

    /// Greatest acceleration.
    @AttributeDefinition(description = "greatest acceleration of a joint [rad/s^2]", min = "0.001")
    double acceleration() default 50;

    /// Greatest effort.
    @AttributeDefinition(description = "greatest torque of a joint [N m]", min = "0.001")
    double effort() default 1;

    /// The watchdog of ODrives.
    @AttributeDefinition(description = "watchdog as it was set up in ODrives [s], 0 for none; moteus takes it from the session", min = "0", max = "10")
    double watchdog() default 0;
}
