package dev.limber.robot.feetech;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// What is told about a robot of Feetech STS servos. Lists have one entry per servo, or none for their default.
@ObjectClassDefinition(name = "Feetech STS servos")
public @interface FeetechSettings {

    /// What the robot is called.
    @AttributeDefinition(description = "what the robot is called")
    String name() default "feetech";

    /// Ids of the servos.
    @AttributeDefinition(description = "ids of the servos, in the order of the joints: 1,2,3")
    String ids() default "1";

    /// Names of the joints.
    @AttributeDefinition(description = "names of the joints, in the order of ids: hip,knee; default is joint1,joint2,... by id")
    String joints() default "";

    /// Joints without torque.
    @AttributeDefinition(description = "names of joints that are only measured: their servos never get torque")
    String measured() default "";

    /// Speed of the line [bit/s].
    @AttributeDefinition(description = "speed of the line [bit/s]", min = "1")
    int baud() default 1_000_000;

    /// Directions.
    @AttributeDefinition(description = "1 or -1 for each joint: which way it turns; default 1")
    String signs() default "";

    /// Zero positions.
    @AttributeDefinition(description = "position of each joint when its servo stands in the middle of its turn [rad or m]; default 0")
    String offsets() default "";

    /// Racks.
    @AttributeDefinition(description = "metres per radian for joints that slide, 0 for those that turn; default 0")
    String metres() default "";

    /// Torque per current.
    @AttributeDefinition(description = "torque per current of each servo [N m/A]; default 0: efforts are not told")
    String torques() default "";

    /// Largest velocity [rad/s].
    @AttributeDefinition(description = "what the servos can turn at most at their voltage [rad/s]", min = "0")
    double velocity() default 4.7;

    /// How long an answer may take [s].
    @AttributeDefinition(description = "how much longer than its time on the line an answer may take [s]", min = "0")
    double timeout() default 0.005;

    /// Where to scan.
    @AttributeDefinition(description = "serial devices to scan: /dev/ttyUSB0,/dev/ttyUSB1; default all that there are")
    String devices() default "";
}
