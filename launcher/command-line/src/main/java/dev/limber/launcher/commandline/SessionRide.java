package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotException;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Shows a session until it shall end: Ctrl-C stops the robot on a path, the second one at once, the third one ends the process. SIGTERM stops it
/// at once.
final class SessionRide {

    private static final long PAUSE_MILLIS = 100;

    private final RobotSession session;
    private final SessionView view;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean armed;

    SessionRide(RobotSession session, SessionView view) {
        this.session = session;
        this.view = view;
    }

    /// Asks it to end, from any thread.
    void end() {
        ended.countDown();
    }

    /// Arms the robot where it stands, lets a controller drive, and shows it until it shall end, the time is over, or the robot was stopped; then
    /// stops it.
    ///
    /// @param calibrate makes the session CALIBRATED
    /// @param controller makes what drives, when the robot is connected
    /// @param begin lets it drive
    /// @param seconds how long; infinite for ever
    /// @return the exit code
    int drive(Runnable calibrate, Supplier<Controller> controller, Consumer<Controller> begin, double seconds)
            throws InterruptedException {
        try (Interrupts interrupts = listen()) {
            try {
                start(calibrate, controller.get(), begin);
            } catch (UsageException refused) {
                if (!armed) {
                    discardRecording();
                }
                throw refused;
            }
            return follow(interrupts, seconds, true);
        }
    }

    /// Of a session in which nothing has happened: whoever types it right the next time wants the name.
    private void discardRecording() {
        session.close();
        session.spec().recording().ifPresent(file -> {
            if (file.toFile().delete()) {
                view.note("nothing was armed; the recording is not kept");
            }
        });
    }

    private void start(Runnable calibrate, Controller controller, Consumer<Controller> begin)
            throws InterruptedException {
        boolean given = false;
        try {
            calibrate.run();
            if (isGoingOn(0)) {
                session.arm();
                armed = true;
            }
            if (isGoingOn(session.spec().ramp())) {
                begin.accept(controller);
                given = true;
            }
        } catch (UsageException refused) {
            if (isGoingOn(0)) {
                throw refused;
            }
            // It was told to stop meanwhile, and the phase is another one.
        } finally {
            if (!given) {
                controller.close();
            }
        }
    }

    /// Waits, and returns false as soon as it shall end.
    private boolean isGoingOn(double seconds) throws InterruptedException {
        return !ended.await(Math.round(1e3 * seconds), TimeUnit.MILLISECONDS);
    }

    /// Shows it until it shall end or the time is over; then stops the robot.
    ///
    /// @param seconds how long; infinite for ever
    /// @return the exit code
    int follow(double seconds) throws InterruptedException {
        try (Interrupts interrupts = listen()) {
            return follow(interrupts, seconds, false);
        }
    }

    private int follow(Interrupts interrupts, double seconds, boolean driving) throws InterruptedException {
        long begin = System.nanoTime();
        while (ended.getCount() > 0 && !(driving && isOver(session.phase()))
                && (System.nanoTime() - begin) / 1e9 < seconds) {
            view.show(session.status());
            ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        session.stop();
        boolean fault = session.phase() == Phase.FAULT;
        view.show(session.status());
        view.finish();
        int signal = interrupts.received();
        return signal != 0 ? 128 + signal : fault ? CommandTree.FAILED : 0;
    }

    /// True where nothing will drive any more: somebody stopped it from elsewhere, or something is wrong.
    private static boolean isOver(Phase phase) {
        return phase == Phase.FAULT || phase == Phase.STOPPED;
    }

    private Interrupts listen() {
        return Interrupts.handling(this::stopFor, () -> session.emergencyStop("second Ctrl-C"));
    }

    /// Stops the robot first: who shows it may be waiting for a terminal that takes no more.
    private void stopFor(int signal) {
        if (signal == Interrupts.SIGTERM) {
            session.emergencyStop("SIGTERM");
            end();
        } else {
            Thread.ofPlatform().daemon().name("Ctrl-C").start(this::stopOnAPath);
            end();
            view.note("stopping; Ctrl-C once more is an emergency stop");
        }
    }

    private void stopOnAPath() {
        try {
            session.stop();
        } catch (UsageException | RobotException failed) {
            // Who shows the session stops it as well, and tells.
        }
    }
}
