package dev.limber.robot.teleoperation;

/// What a person does at the moment. [#read] allocates nothing and does not wait: it is called in every cycle.
interface Operator extends AutoCloseable {

    /// How far the person pushes each joint.
    ///
    /// @param deflections receives -1 to 1 for each joint
    /// @return whether the dead-man button is held: nothing may move where it is not
    boolean read(double[] deflections);

    /// Lets go of the device. Further calls do nothing.
    @Override
    void close();
}
