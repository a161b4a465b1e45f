package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.robot.session.fixture.InlineMind;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What has to be so before a robot is armed, and how it begins.
class ArmingTest {

    @Test
    void nothingIsWrittenBeforeArming() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        stepped.step(20);
        stepped.loop.calibrate(Map.of("hip", 0.2), 0.01);
        stepped.step(20);
        assertEquals(List.of("connect"), stepped.robot.wire().stream().map(MemoryRobot.Write::what).toList());
        assertEquals(Phase.CALIBRATED, stepped.loop.phase());
    }

    @Test
    void armingSetsTheWatchdogFirstAndBeginsWhereTheRobotStands() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build()).step(3);
        assertEquals(List.of("connect", "watchdog", "enable", "send", "send", "send"),
                stepped.robot.wire().stream().map(MemoryRobot.Write::what).toList());
        for (double[] command : stepped.robot.commands()) {
            assertArrayEquals(new double[] {0.2, -0.1}, new double[] {command[0], command[1]});
        }
    }

    @Test
    void aPoseThatIsElsewhereIsRefusedByJointAndDistance() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        var refused = assertThrows(UsageException.class, () -> stepped.loop.calibrate(Map.of("knee", 0.4), 0.05));
        assertTrue(refused.getMessage().contains("'knee' is measured at -0.1000, but stands at 0.4000"),
                refused.getMessage());
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
    }

    @Test
    void drivesWithoutAWatchdogAreArmedOnlyWhereThatIsAcknowledged() {
        var refused = new SteppedLoop(new MemoryRobot(new DriveWatchdog.None()), SteppedLoop.spec().build());
        refused.loop.calibrate(Map.of(), 0);
        assertThrows(UsageException.class, refused.loop::arm);
        assertEquals(Phase.CALIBRATED, refused.loop.phase());
        assertEquals(1, refused.robot.wire().size());
        var acknowledged = new SteppedLoop(new MemoryRobot(new DriveWatchdog.None()),
                SteppedLoop.spec().unwatched(true).build());
        acknowledged.loop.calibrate(Map.of(), 0);
        acknowledged.loop.arm();
        assertEquals(Phase.ARMED, acknowledged.loop.phase());
    }

    @Test
    void drivesThatDoNotTakeTheirWatchdogAreNotArmed() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        stepped.loop.calibrate(Map.of(), 0);
        stepped.robot.onWatchdog = () -> MemoryRobot.fail(Kind.REFUSED);
        assertThrows(RobotException.class, stepped.loop::arm);
        assertEquals(Phase.CALIBRATED, stepped.loop.phase());
        assertEquals(0, stepped.robot.count("enable"));
        var range = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().watchdog(5).build());
        range.loop.calibrate(Map.of(), 0);
        assertTrue(assertThrows(UsageException.class, range.loop::arm).getMessage().contains("0.02 to 2.0 s"));
    }

    @Test
    void aRobotOutsideItsLimitsOrWorkSpaceIsNotArmed() {
        var robot = new MemoryRobot();
        robot.place(1.2, 0);
        var stepped = new SteppedLoop(robot, SteppedLoop.spec().build());
        stepped.loop.calibrate(Map.of(), 0);
        assertTrue(assertThrows(UsageException.class, stepped.loop::arm).getMessage().contains("'hip' stands at 1.2"));
        robot.place(0.9, 0.4);
        var constrained = new SteppedLoop(robot, SteppedLoop.spec().limits(Limits.of(robot.spec())
                .with(new Limits.Constraint("above the table", Map.of("hip", 1.0, "knee", 1.0), -1, 1))).build());
        constrained.loop.calibrate(Map.of(), 0);
        assertTrue(
                assertThrows(UsageException.class, constrained.loop::arm).getMessage().contains("'above the table'"));
    }

    @Test
    void aMeasurementThatFailsWhileArmingStopsWhatWasEnergised() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        stepped.loop.calibrate(Map.of(), 0);
        int[] reads = {0};
        stepped.robot.onRead = () -> ++reads[0] == 2 ? Optional.of(new IllegalStateException("driver"))
                : Optional.empty();
        assertThrows(IllegalStateException.class, stepped.loop::arm);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals("stop", stepped.robot.wire().getLast().what());
    }

    @Test
    void limitsWiderThanTheRobotAreRefusedByJoint() {
        var robot = new MemoryRobot();
        var wide = SteppedLoop.spec().limits(Limits.of(robot.spec()).with(SteppedLoop.hip().withRange(-1, 1.5)))
                .build();
        assertTrue(assertThrows(UsageException.class, () -> new SteppedLoop(robot, wide)).getMessage()
                .contains("joint 'hip' may go from -1.0 to 1.5 by its limits, but its drive only from"));
        var fast = SteppedLoop.spec().limits(Limits.of(robot.spec()).with(SteppedLoop.hip().withVelocity(6))).build();
        assertThrows(UsageException.class, () -> new SteppedLoop(robot, fast));
    }

    @Test
    void theRampBeginsWithArming() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().mode(CommandMode.VELOCITY).ramp(1).build());
        stepped.loop.run(InlineMind.wanting(1e6, 0, 0));
        stepped.step(100);
        assertEquals(5 * 0.2, stepped.robot.commands().getLast()[0], 0.02);
        stepped.step(500);
        assertEquals(5, stepped.robot.commands().getLast()[0]);
    }

    @Test
    void aDryRunDoesEverythingButWrite() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().dryRun(true).build());
        stepped.loop.calibrate(Map.of(), 0);
        stepped.loop.arm();
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(200);
        assertEquals(0.9, stepped.loop.status("").cycle().limited()[0]);
        stepped.loop.emergencyStop("key");
        stepped.step(5);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals(List.of("connect"), stepped.robot.wire().stream().map(MemoryRobot.Write::what).toList());
    }
}
