package dev.limber.robot.dynamixel;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// What is told about a robot of Dynamixel servos. Lists have one entry per servo, or none for their default.
@ObjectClassDefinition(name = "Dynamixel servos")
public @interface DynamixelSettings {

    /// What the robot is called.
    @AttributeDefinition(description = "what the robot is called")
    String name() default "dynamixel";

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
    @AttributeDefinition(description = "speed of the line [bit/s]; 0 in a scan for all", min = "0")
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
    @AttributeDefinition(description = "torque per current of each servo [N m/A]; default 0: stall torque by stall current in its manual")
    String torques() default "";

    /// How positions are commanded.
    @AttributeDefinition(description = "how joints that turn are commanded positions; joints that slide are extended or current", options = {
        @Option(label = "within one turn", value = "position"), @Option(label = "over many turns", value = "extended"),
        @Option(label = "over many turns, with the current limited to the drive's limit", value = "current")})
    String positioning() default "position";

    /// Whether all servos answer with one packet.
    @AttributeDefinition(description = "whether all servos answer with one packet, where their firmware can")
    boolean fast() default true;

    /// How long an answer may take [s].
    @AttributeDefinition(description = "how much longer than its time on the line an answer may take [s]", min = "0")
    double timeout() default 0.003;

    /// Where to scan.
    @AttributeDefinition(description = "serial devices to scan: /dev/ttyUSB0,/dev/ttyUSB1; default all that there are")
    String devices() default "";
}
