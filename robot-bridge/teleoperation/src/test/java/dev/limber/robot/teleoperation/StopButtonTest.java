package dev.limber.robot.teleoperation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.limber.api.plugin.Options;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.simulated.MockFactory;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person's stop button in a session, beyond the time in which they drive.
@Timeout(60)
class StopButtonTest {

    private static final int RB = 5;
    private static final int B = 1;
    private static final long PATIENCE = 30_000_000_000L;
    /// So slow that it takes seconds to come to rest [rad/s, rad/s^2].
    private static final double VELOCITY = 2;
    private static final double ACCELERATION = 0.5;
    /// From 0 [rad].
    private static final double FAR = 0.3;

    private final HandedGamepad gamepad = new HandedGamepad();
    private final LiveSession session = new LiveSession(
            SessionSpec.of("mock", "arm").rate(200).ramp(0).stall(10).controllerMisses(10_000).realTimePriority(0)
                    .build(),
            new MockFactory().create("arm", Options.defaults()), Pace.ofMachine(), header -> Optional.empty(),
            SessionListener.NONE, closed -> {});

    @BeforeEach
    void connect() {
        session.connect();
        Limits limits = Limits.of(session.robot());
        for (JointLimits joint : limits.joints()) {
            limits = limits.with(joint.withVelocity(VELOCITY).withAcceleration(ACCELERATION));
        }
        session.limit(limits);
        session.calibrate();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private TeleoperationController person() {
        return TeleoperationController.of(new GamepadOperator(gamepad, 0.2, RB, B, session::emergencyStop), session, 1);
    }

    /// Until it has gone so far that it is fast. Its velocity says little: this robot is there at once, and then stands until the next command.
    private void pushUntilItMoves() throws InterruptedException {
        session.arm();
        session.run("gamepad", person());
        gamepad.show(state -> {
            state.buttons[RB] = true;
            state.axes[0] = 1;
        });
        await("fast motion", () -> session.status().cycle().measured().positions()[0] > FAR);
    }

    private void await(String what, BooleanSupplier reached) {
        long patience = System.nanoTime() + PATIENCE;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - patience > 0) {
                fail("not within 30 s: " + what + "; the session is " + session.phase() + ", "
                        + session.status().reason());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void theStopButtonWorksWhileTheRobotComesToRest() throws InterruptedException {
        pushUntilItMoves();
        Thread stopping = Thread.ofPlatform().start(session::stop);
        await("braking", () -> session.phase() != Phase.RUNNING);
        gamepad.show(state -> state.buttons[B] = true);
        await("a fault", () -> session.phase() == Phase.FAULT);
        assertEquals("emergency stop: gamepad button", session.status().reason());
        stopping.join();
        assertFalse(gamepad.closed);
        session.close();
        assertTrue(gamepad.closed);
    }

    @Test
    void aGamepadThatIsUnpluggedWhileTheRobotHoldsIsAnEmergencyStop() throws InterruptedException {
        pushUntilItMoves();
        session.hold();
        gamepad.unplug();
        await("a fault", () -> session.phase() == Phase.FAULT);
        assertEquals("emergency stop: the gamepad is gone", session.status().reason());
    }

    @Test
    void theGamepadIsLetGoOnceTheRobotIsStopped() throws InterruptedException {
        pushUntilItMoves();
        session.stop();
        assertEquals(Phase.STOPPED, session.phase());
        await("the gamepad to be closed", () -> gamepad.closed);
    }

    @Test
    void aPersonWhoNeverDroveLetsGoAtOnce() {
        person().close();
        assertTrue(gamepad.closed);
    }
}
