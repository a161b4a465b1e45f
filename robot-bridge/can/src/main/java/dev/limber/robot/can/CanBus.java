package dev.limber.robot.can;

/// A bus that frames are sent on and come from. Allocates nothing; one thread.
interface CanBus extends AutoCloseable {

    /// Sends a frame.
    ///
    /// @throws dev.limber.api.robot.RobotException where the bus is gone, or takes no more since nobody acknowledges
    void send(CanFrame frame);

    /// Waits for a frame.
    ///
    /// @param deadline when to give up, of [System#nanoTime] [ns]
    /// @return false where none came in time
    /// @throws dev.limber.api.robot.RobotException where the bus is gone
    boolean receive(CanFrame target, long deadline);

    /// Leaves the bus. Further calls do nothing.
    @Override
    void close();
}
