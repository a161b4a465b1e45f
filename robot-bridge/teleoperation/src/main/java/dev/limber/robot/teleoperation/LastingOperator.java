package dev.limber.robot.teleoperation;

import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionListener;

/// A person who keeps the stop button for as long as the robot may move: their controller is closed as soon as the robot is to come to rest, which
/// takes seconds in which they may want it to stop at once.
final class LastingOperator implements Operator, SessionListener {

    private final Operator operator;
    private final RobotSession session;

    // Guarded by this.
    private boolean leaving;

    /// @param operator is closed when the robot moves no more
    LastingOperator(Operator operator, RobotSession session) {
        this.operator = operator;
        this.session = session;
    }

    @Override
    public boolean read(double[] deflections) {
        return operator.read(deflections);
    }

    /// Lets go of the device, now or once the robot moves no more.
    @Override
    public synchronized void close() {
        if (!leaving) {
            leaving = true;
            session.addListener(this); // Before the look at the phase: either this sees that it is at rest, or the event does.
            leaveAtRest();
        }
    }

    @Override
    public synchronized void event(SessionEvent event) {
        leaveAtRest();
    }

    private void leaveAtRest() {
        if (!mayMove()) {
            session.removeListener(this);
            operator.close();
        }
    }

    private boolean mayMove() {
        return switch (session.phase()) {
            case ARMED, RUNNING, HOLD, DAMP, FAULT -> true; // In a fault it may still be coming to rest.
            case CLOSED, CONNECTED, CALIBRATED, STOPPED -> false;
        };
    }
}
