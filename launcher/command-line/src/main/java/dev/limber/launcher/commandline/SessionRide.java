package dev.limber.launcher.commandline;

import dev.limber.api.session.Controller;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import java.util.function.Supplier;

/// Shows a session until it shall end: Ctrl-C stops the robot on a path, the second one at once, the third one ends the process.
final class SessionRide {

    private static final long PAUSE = 100;

    private final RobotSession session;
    private final SessionView view;
    private volatile boolean ending;

    SessionRide(RobotSession session, SessionView view) {
        this.session = session;
        this.view = view;
    }

    /// Asks it to end, from any thread.
    void end() {
        ending = true;
    }

    /// Arms the robot where it stands, lets a controller drive, and follows it.
    ///
    /// @param name of the controller, for people
    /// @param controller makes it, when the robot is connected
    /// @param seconds how long; infinite for ever
    /// @return the exit code
    int drive(String name, Supplier<Controller> controller, double seconds) throws InterruptedException {
        Controller made = controller.get();
        boolean given = false;
        try {
            session.calibrate();
            session.arm();
            Thread.sleep(Math.round(1e3 * session.spec().ramp()));
            session.run(name, made);
            given = true;
        } finally {
            if (!given) {
                made.close();
            }
        }
        return follow(seconds, true);
    }

    /// Shows it until it shall end, the time is over, or, where that ends it, there is a fault; then stops the robot.
    ///
    /// @param seconds how long; infinite for ever
    /// @param faultEnds whether a fault ends it
    /// @return the exit code
    int follow(double seconds, boolean faultEnds) throws InterruptedException {
        long begin = System.nanoTime();
        int signal;
        try (var interrupts = Interrupts.stopping(this::end, () -> session.emergencyStop("second Ctrl-C"),
                "stopping; Ctrl-C once more is an emergency stop", view::note)) {
            while (!ending && !(faultEnds && session.phase() == Phase.FAULT)
                    && (System.nanoTime() - begin) / 1e9 < seconds) {
                view.show(session.status());
                Thread.sleep(PAUSE);
            }
            session.stop();
            signal = interrupts.received();
        }
        boolean fault = session.phase() == Phase.FAULT;
        view.show(session.status());
        view.finish();
        return signal != 0 ? 128 + signal : fault && faultEnds ? CommandTree.FAILED : 0;
    }
}
