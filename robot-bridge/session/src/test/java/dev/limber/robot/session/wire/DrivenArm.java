package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionSpec;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.Rig;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// The emulated arm with a session in this process. Closing it checks what was written.
final class DrivenArm implements AutoCloseable {

    private static final long PATIENCE = 30_000_000_000L;

    final GoalLog log = new GoalLog();
    final EmulatedRobot device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()).with(log), new JBulletEngine());
    final LiveSession session;

    DrivenArm(UnaryOperator<SessionSpec.Builder> change) {
        this(change, Optional.empty());
    }

    DrivenArm(UnaryOperator<SessionSpec.Builder> change, Optional<SessionRecorder> recorder) {
        SessionSpec spec = change.apply(Arm.spec(device.path().toString())).build();
        session = Arm.connect(spec, recorder, event -> {});
    }

    static DrivenArm moving(CommandMode mode) {
        var arm = new DrivenArm(spec -> spec.mode(mode));
        arm.arm();
        arm.session.run("swing", new Arm.Swing(mode));
        arm.await("the arm moves", () -> Math.abs(arm.device.positions()[0]) > 0.02);
        return arm;
    }

    void arm() {
        session.calibrate();
        session.arm();
    }

    /// Waits for a fault and checks its reason.
    void awaitFault(String reason) {
        await("a fault", () -> session.phase() == Phase.FAULT);
        assertTrue(session.status().reason().contains(reason), session.status().reason());
    }

    void awaitCycles(long more) {
        long until = session.status().cycles() + more;
        await(more + " cycles", () -> session.status().cycles() >= until);
    }

    void await(String what, BooleanSupplier reached) {
        long patience = System.nanoTime() + PATIENCE;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - patience > 0) {
                fail("not within " + PATIENCE / 1_000_000_000 + " s: " + what + "; the session is " + session.phase()
                        + ", "
                        + session.status().reason());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        session.close();
        device.close();
        Arm.assertWithinLimits(log);
    }
}
