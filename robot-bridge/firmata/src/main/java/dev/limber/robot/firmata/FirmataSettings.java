package dev.limber.robot.firmata;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Options of boards with Firmata.
@ObjectClassDefinition
public @interface FirmataSettings {

    /// The joints.
    @AttributeDefinition(description = "joints with commas between: NAME:PIN:LOW:HIGH for a servo [rad], :A0 behind it for its analog feedback, NAME:A0 for a sensor")
    String joints() default "";

    /// Bits per second.
    @AttributeDefinition(description = "baud of the sketch", min = "1200", max = "4000000")
    int baud() default 57600;

    /// Shortest pulse.
    @AttributeDefinition(description = "pulse at the lowest angle [us]", min = "544", max = "3000")
    int shortest() default 544;

    /// Longest pulse.
    @AttributeDefinition(description = "pulse at the highest angle [us]", min = "544", max = "3000")
    int longest() default 2400;

    /// The angle between them.
    @AttributeDefinition(description = "angle between the shortest and the longest pulse [rad]; 0 rad is in the middle", min = "0.1", max = "12.6")
    double travel() default Math.PI;

    /// Reading at the lowest angle.
    @AttributeDefinition(description = "analog reading at the lowest angle", min = "0", max = "16383")
    int feedbackLow() default 0;

    /// Reading at the highest angle.
    @AttributeDefinition(description = "analog reading at the highest angle", min = "0", max = "16383")
    int feedbackHigh() default 1023;

    /// Time for a cycle.
    @AttributeDefinition(description = "time for a cycle [s]; servos take a pulse every 0.02 s", min = "0.002", max = "1")
    double cycle() default 0.02;

    /// Greatest velocity.
    @AttributeDefinition(description = "greatest velocity of a servo [rad/s]", min = "0.01")
    double velocity() default 5;

    /// Greatest acceleration.
    @AttributeDefinition(description = "greatest acceleration of a servo [rad/s^2]", min = "0.01")
    double acceleration() default 50;

    /// Greatest effort.
    @AttributeDefinition(description = "greatest torque of a servo [N m]", min = "0.01")
    double effort() default 1;
}
