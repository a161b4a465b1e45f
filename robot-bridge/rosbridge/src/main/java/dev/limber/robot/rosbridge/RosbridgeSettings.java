package dev.limber.robot.rosbridge;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// Options of robots behind rosbridge.
@ObjectClassDefinition
public @interface RosbridgeSettings {

    /// The joints.
    @AttributeDefinition(description = "joints in the controller's order: NAME, NAME:LOW:HIGH [rad or m] or NAME:read, with commas between")
    String joints() default "";

    /// The generation of ROS.
    @AttributeDefinition(description = "generation of ROS, which names types differently", min = "1", max = "2")
    int ros() default 2;

    /// Where joint states come from.
    @AttributeDefinition(description = "topic of sensor_msgs/JointState")
    String states() default "/joint_states";

    /// The type of commands.
    @AttributeDefinition(description = "how commands are published: as trajectory_msgs/JointTrajectory or std_msgs/Float64MultiArray", options = {
        @Option(label = "trajectory", value = "trajectory"), @Option(label = "array", value = "array")})
    String command() default "trajectory";

    /// Where commands go.
    @AttributeDefinition(description = "topic of the controller")
    String topic() default "/joint_trajectory_controller/joint_trajectory";

    /// What the controller takes.
    @AttributeDefinition(description = "what an array means to the controller; trajectories are positions", options = {
        @Option(label = "position", value = "position"), @Option(label = "velocity", value = "velocity"),
        @Option(label = "effort", value = "effort")})
    String mode() default "position";

    /// Time for a cycle.
    @AttributeDefinition(description = "time for a cycle [s]; joint states must come at least as often", min = "0.001", max = "1")
    double cycle() default 0.02;

    /// Greatest velocity.
    @AttributeDefinition(description = "greatest velocity of a joint [rad/s or m/s]", min = "0.000001")
    double velocity() default 1;

    /// Greatest acceleration.
    @AttributeDefinition(description = "greatest acceleration of a joint [rad/s^2 or m/s^2]", min = "0.000001")
    double acceleration() default 5;

    /// Greatest effort.
    @AttributeDefinition(description = "greatest effort of a joint [N m or N]", min = "0.000001")
    double effort() default 10;
}
