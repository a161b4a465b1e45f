package dev.limber.robot.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.Robot;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.session.realtime.Pace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Drives that complain, as a user of a session meets them.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CanSessionTest {

    enum Make {
        ODRIVE {
            @Override
            Drives drives() {
                var bus = new EmulatedOdrive();
                CanSettings settings = settings("hip:0,knee:5");
                return new Drives(new CanRobot(() -> bus, new OdriveProtocol(settings.watchdog()),
                        Axis.parse(settings.joints(), OdriveProtocol.LAST_NODE), settings), bus, () -> {
                            bus.errors[1] = 1 << 24;
                            bus.states[1] = 1;
                        }, "watchdog timer expired");
            }
        },
        MOTEUS {
            @Override
            Drives drives() {
                var bus = new EmulatedMoteus();
                CanSettings settings = settings("hip:1,knee:2");
                List<Axis> axes = Axis.parse(settings.joints(), MoteusProtocol.LAST_NODE);
                return new Drives(new CanRobot(() -> bus, MoteusRobotFactory.protocol(settings, axes), axes, settings),
                        bus, () -> {
                            bus.faults[1] = 33;
                            bus.modes[1] = 1;
                        }, "fault 33");
            }
        };

        abstract Drives drives();

        private static CanSettings settings(String joints) {
            return Options.of(Map.of("joints", joints, "watchdog", 0.1)).as(CanSettings.class);
        }
    }

    /// @param fails what happens inside of a drive
    /// @param words what it says then
    private record Drives(Robot robot, EmulatedBus bus, Runnable fails, String words) {}

    @ParameterizedTest
    @EnumSource
    void aDriveThatFailedIsArmedAgainAfterTheFaultWasReset(Make make) {
        Drives drives = make.drives();
        try (LiveSession session = connect(drives)) {
            session.calibrate();
            session.arm();
            drives.bus.next(drives.fails);
            await(session, Phase.FAULT);
            assertTrue(session.status().reason().contains(drives.words), session.status().reason());
            session.reset();
            session.calibrate();
            session.arm();
            assertStays(session, Phase.ARMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDriveThatStillComplainsOfThePastIsConnectedAndArmed(Make make) {
        Drives drives = make.drives();
        drives.fails.run();
        try (LiveSession session = connect(drives)) {
            assertStays(session, Phase.CONNECTED);
            session.calibrate();
            session.arm();
            assertStays(session, Phase.ARMED);
        }
    }

    private static LiveSession connect(Drives drives) {
        var session = new LiveSession(SessionSpec.of("can", "emulated").rate(100).stall(10).build(), drives.robot,
                Pace.ofMachine(), header -> Optional.empty(), event -> {}, closed -> {});
        session.connect();
        return session;
    }

    private static void assertStays(LiveSession session, Phase phase) {
        long enough = session.status().cycles() + 10;
        while (session.status().cycles() < enough) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(phase, session.phase(), session.status().reason());
    }

    private static void await(LiveSession session, Phase phase) {
        while (session.phase() != phase) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
