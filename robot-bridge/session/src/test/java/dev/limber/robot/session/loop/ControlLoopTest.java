package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.robot.session.fixture.InlineMind;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLoopTest {

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

    @ParameterizedTest
    @ValueSource(doubles = {0.9, -1, 1e30, -1e30, Double.MAX_VALUE})
    void whateverIsWantedOnlyWhatIsWithinTheLimitsIsSent(double wanted) {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(wanted, -wanted, 0));
        stepped.step(500);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        stepped.assertWithinLimits();
        assertEquals(500, stepped.robot.commands().size());
    }

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void stoppingIsAPathToRestAndThenEachJointsOwnWay(CommandMode mode) {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().mode(mode).stopWay("hip", StopWay.HOLD)
                .stopWay("pendulum", StopWay.TORQUE_OFF).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.45, 0));
        stepped.step(20);
        assertTrue(stepped.loop.stop("test"));
        assertEquals(Phase.HOLD, stepped.loop.phase());
        stepped.step(100);
        assertEquals(Phase.STOPPED, stepped.loop.phase());
        if (mode == CommandMode.POSITION) {
            stepped.assertWithinLimits();
        } else {
            double[] last = stepped.robot.commands().getLast();
            assertArrayEquals(new double[] {0, 0}, new double[] {last[0], last[1]});
        }
        var stop = stepped.robot.wire().getLast();
        assertEquals(List.of(StopWay.HOLD, StopWay.DAMP, StopWay.TORQUE_OFF), stop.ways());
        long told = stepped.robot.count("stop");
        stepped.step(10);
        assertEquals(told + 10, stepped.robot.count("stop"), "damping must be sent again and again");
        stepped.loop.arm();
        assertEquals(Phase.ARMED, stepped.loop.phase());
    }

    @Test
    void holdingKeepsTheTargetWhereItCameToRest() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(30);
        stepped.loop.hold("test");
        stepped.step(100);
        double[] rest = stepped.robot.commands().getLast();
        stepped.step(100);
        assertArrayEquals(rest, stepped.robot.commands().getLast());
        assertEquals(Phase.HOLD, stepped.loop.phase());
        stepped.assertWithinLimits();
    }

    @Test
    void dampingIsSentInEveryCycle() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stopWay("hip", StopWay.HOLD).build());
        stepped.loop.damp();
        stepped.step(10);
        assertEquals(11, stepped.robot.count("stop"));
        assertEquals(List.of(StopWay.DAMP, StopWay.DAMP, StopWay.DAMP), stepped.robot.wire().getLast().ways());
        assertTrue(stepped.loop.stop("test"));
        assertEquals(Phase.STOPPED, stepped.loop.phase());
    }

    @Test
    void anEmergencyStopIsSentInTheNextCycleAndNoCommandAfterIt() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        long sent = stepped.robot.count("send");
        stepped.loop.emergencyStop("key");
        stepped.step(1);
        assertEquals("stop", stepped.robot.wire().getLast().what());
        assertEquals(sent, stepped.robot.count("send"));
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals("FAULT: emergency stop: key", stepped.told.getLast());
        stepped.step(20);
        assertEquals(sent, stepped.robot.count("send"));
    }

    @Test
    void anEmergencyStopWhileMeasuringComesBeforeTheCommandOfThatCycle() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        long sent = stepped.robot.count("send");
        stepped.robot.onRead = () -> {
            stepped.loop.emergencyStop("button");
            return Optional.empty();
        };
        stepped.step(1);
        assertEquals(sent, stepped.robot.count("send"));
        assertEquals(1, stepped.robot.count("stop"));
    }

    @Test
    void onlyResettingLeavesAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.emergencyStop("key");
        stepped.step(1);
        assertThrows(UsageException.class, stepped.loop::arm);
        assertThrows(UsageException.class, () -> stepped.loop.run(InlineMind.wanting(0, 0, 0)));
        assertThrows(UsageException.class, () -> stepped.loop.hold("test"));
        assertThrows(UsageException.class, stepped.loop::damp);
        assertThrows(UsageException.class, () -> stepped.loop.calibrate(Map.of(), 0));
        assertFalse(stepped.loop.stop("test"));
        assertEquals(Phase.FAULT, stepped.loop.phase());
        stepped.loop.reset();
        long told = stepped.robot.count("stop");
        stepped.step(5);
        assertEquals(told + 5, stepped.robot.count("stop"), "what is damped stays damped");
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
        stepped.loop.calibrate(Map.of(), 0);
        stepped.loop.arm();
        assertEquals(Phase.ARMED, stepped.loop.phase());
    }

    @Test
    void repliesMayStayAwayForAsManyCyclesAsTheSpecSays() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().replyMisses(5).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        stepped.robot.onRead = () -> MemoryRobot.fail(Kind.TIMEOUT);
        stepped.step(4);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        stepped.robot.onRead = Optional::empty;
        stepped.step(1);
        stepped.robot.onRead = () -> MemoryRobot.fail(Kind.CORRUPT);
        stepped.step(5);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals("FAULT: 5 cycles in a row without a good reply: servo 2: CORRUPT", stepped.told.getLast());
        assertEquals(9, stepped.loop.status("").failedReplies());
        assertEquals("stop", stepped.robot.wire().getLast().what());
        stepped.assertWithinLimits();
    }

    @Test
    void commandsThatDoNotGetThroughAreAFaultEvenWhereMeasuringIsWell() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().replyMisses(5).build());
        stepped.robot.onSend = () -> MemoryRobot.fail(Kind.TIMEOUT);
        stepped.step(4);
        assertEquals(Phase.ARMED, stepped.loop.phase());
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
    }

    @Test
    void lostCommandsDoNotAddUpToAJump() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().replyMisses(50).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        stepped.robot.onSend = () -> MemoryRobot.fail(Kind.TIMEOUT);
        stepped.step(30);
        stepped.robot.onSend = Optional::empty;
        stepped.step(100);
        stepped.assertWithinLimits();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"DISCONNECTED", "DRIVE_FAULT"})
    void aLostConnectionAndADriveInTroubleStopItAtOnce(Kind kind) {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        long sent = stepped.robot.count("send");
        stepped.robot.onRead = () -> MemoryRobot.fail(kind);
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals(sent, stepped.robot.count("send"));
        assertTrue(stepped.robot.count("stop") > 0, "stopping is tried all the same");
    }

    @Test
    void aRobotThatIsBackIsConnectedAnewByResetting() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.robot.onRead = () -> MemoryRobot.fail(Kind.DISCONNECTED);
        stepped.step(3);
        assertThrows(RobotException.class, stepped.loop::reset);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        stepped.robot.onRead = Optional::empty;
        stepped.loop.reset();
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
        assertEquals(List.of("close", "connect"), stepped.robot.wire().stream().map(MemoryRobot.Write::what)
                .filter(what -> what.equals("close") || what.equals("connect")).skip(1).limit(2).toList());
    }

    @Test
    void aDriverThatThrowsAnythingIsAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().replyMisses(2).build());
        stepped.robot.onRead = () -> {
            throw new StackOverflowError();
        };
        stepped.step(2);
        assertEquals(Phase.FAULT, stepped.loop.phase());
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
    void aJointFarBeyondItsLimitsIsAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().mode(CommandMode.EFFORT).build());
        stepped.loop.run(InlineMind.wanting(1, 0, 0));
        stepped.robot.place(1.05, 0);
        stepped.step(1);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        stepped.robot.place(1.15, 0);
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertTrue(stepped.told.getLast().contains("'hip' was measured at 1.1500"), stepped.told.getLast());
    }

    @Test
    void aControllerThatThrowsIsAFaultAfterAPathToRest() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        var calls = new AtomicInteger();
        stepped.loop.run(new InlineMind("moody", new Controller() {

            @Override
            public void reset(JointStates measured) {}

            @Override
            public void control(JointStates measured, double[] wanted) {
                if (calls.incrementAndGet() > 20) {
                    throw new IllegalStateException("enough");
                }
                wanted[0] = 0.9;
            }
        }));
        stepped.step(21);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertTrue(stepped.told.getLast().contains("'moody' failed: java.lang.IllegalStateException: enough"),
                stepped.told.getLast());
        assertEquals(0, stepped.robot.count("stop"), "it comes to rest first");
        stepped.step(100);
        assertEquals("stop", stepped.robot.wire().getLast().what());
        stepped.assertWithinLimits();
    }

    @Test
    void aControllerThatWantsNoNumbersBringsTheJointToRestAndIsAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().controllerMisses(10).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        stepped.loop.run(InlineMind.wanting(Double.NaN, 0.4, Double.NaN));
        stepped.step(9);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        assertEquals(9, stepped.loop.status("").clips().get(Limit.NOT_A_NUMBER));
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        stepped.step(100);
        stepped.assertWithinLimits();
    }

    @Test
    void aFrozenControllerDoesNotDelayTheLoopAndIsAFaultAfterSoManyCycles() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().controllerMisses(10).build());
        InlineMind mind = InlineMind.wanting(0.9, 0.4, 0);
        stepped.loop.run(mind);
        stepped.step(20);
        mind.frozen = true;
        stepped.step(9);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        assertEquals(9, stepped.loop.status("").lateAnswers());
        assertEquals(29, stepped.robot.count("send"), "what was wanted last is wanted still");
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertTrue(mind.closed);
        stepped.step(100);
        stepped.assertWithinLimits();
        assertEquals(0, stepped.loop.status("").missedDeadlines());
    }

    @Test
    void aControllerWithoutAFirstAnswerIsWaitedForAndThenAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(new SilentMind());
        stepped.step(900);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        double[] command = stepped.robot.commands().getLast();
        assertArrayEquals(new double[] {0.2, -0.1}, new double[] {command[0], command[1]});
        assertEquals(0, stepped.loop.status("").clips().get(Limit.NOT_A_NUMBER));
        stepped.step(200);
        assertEquals(Phase.FAULT, stepped.loop.phase());
    }

    @Test
    void anotherControllerDrivesFromTheSameCycleOnWithoutAJump() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        InlineMind first = InlineMind.wanting(0.9, 0.4, 0);
        stepped.loop.run(first);
        stepped.step(30);
        stepped.loop.run(InlineMind.wanting(-0.9, -1.5, 0));
        stepped.step(1);
        assertTrue(first.closed);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        assertEquals(-0.9, stepped.loop.status("").cycle().wanted()[0]);
        stepped.step(500);
        stepped.assertWithinLimits();
        assertEquals(-0.9, stepped.robot.commands().getLast()[0]);
    }

    @Test
    void aLostHeartbeatIsAnEmergencyStop() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().heartbeat(0.1).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        for (int i = 0; i < 10; i++) {
            stepped.step(40);
            stepped.loop.heartbeat();
        }
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        stepped.step(52);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals("FAULT: emergency stop: lost heartbeat of the client", stepped.told.getLast());
    }

    @Test
    void aLoopThatStoodStillStopsTheRobot() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(0.1).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        stepped.clock.pass(0.05);
        stepped.step(1);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        long sent = stepped.robot.count("send");
        stepped.clock.pass(1);
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals("FAULT: the loop stood still for 0.998 s", stepped.told.getLast());
        assertEquals(sent, stepped.robot.count("send"));
    }

    @Test
    void cyclesThatAreOverAreLeftOutAndCounted() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(1).build());
        stepped.step(5);
        stepped.clock.pass(0.009);
        stepped.step(1);
        // It begins 7 ms late, which is three whole periods: those are left out.
        assertEquals(3, stepped.loop.status("").missedDeadlines());
        stepped.step(10);
        assertEquals(3, stepped.loop.status("").missedDeadlines());
        assertEquals(16, stepped.loop.status("").cycles());
        assertEquals(0.007, stepped.loop.status("").wakeUp().max(), 1e-5);
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
    void closingStopsTheJointsAndTheController() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        InlineMind mind = InlineMind.wanting(0.9, 0.4, 0);
        stepped.loop.run(mind);
        stepped.step(5);
        stepped.loop.close();
        assertTrue(mind.closed);
        assertEquals(Phase.CLOSED, stepped.loop.phase());
        assertEquals(List.of("stop", "close"), stepped.robot.wire().stream().map(MemoryRobot.Write::what)
                .skip(stepped.robot.wire().size() - 2).toList());
    }

    @Test
    void limitsWiderThanTheRobotAreRefusedByJoint() {
        var robot = new MemoryRobot();
        var wide = SteppedLoop.spec().limits(Limits.of(robot.spec()).with(SteppedLoop.hip().withRange(-1, 1.5)))
                .build();
        assertTrue(assertThrows(UsageException.class, () -> new SteppedLoop(robot, wide)).getMessage()
                .contains("joint 'hip' is wider"));
        var fast = SteppedLoop.spec().limits(Limits.of(robot.spec()).with(SteppedLoop.hip().withVelocity(6))).build();
        assertThrows(UsageException.class, () -> new SteppedLoop(robot, fast));
    }

    @Test
    void aCycleAllocatesNothing() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.robot.log(false);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) { // The first ones load classes and compile.
            long before = threads.getCurrentThreadAllocatedBytes();
            stepped.step(20_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }

    /// Never answers.
    private static final class SilentMind implements dev.limber.robot.session.controller.Mind {

        private boolean asked;

        @Override
        public String name() {
            return "silent";
        }

        @Override
        public boolean thinking() {
            return asked;
        }

        @Override
        public void ask(JointStates measured, double[] sent) {
            asked = true;
        }

        @Override
        public boolean answeredOnce() {
            return false;
        }

        @Override
        public void answer(double[] wanted) {
            throw new AssertionError("there is no answer");
        }

        @Override
        public String failure() {
            return "";
        }

        @Override
        public void close() {}
    }

    @Test
    void aFaultThatStillComesToRestCannotBeReset() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().mode(CommandMode.VELOCITY).stopWay("hip", StopWay.TORQUE_OFF)
                .stopWay("knee", StopWay.TORQUE_OFF).stopWay("pendulum", StopWay.TORQUE_OFF).build());
        InlineMind mind = InlineMind.wanting(2, 2, 0);
        stepped.loop.run(mind);
        stepped.step(10);
        mind.frozen = true;
        stepped.step(12);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertTrue(stepped.robot.commands().getLast()[0] > 0, "it still moves");
        var refused = assertThrows(UsageException.class, stepped.loop::reset);
        assertTrue(refused.getMessage().contains("still coming to rest"), refused.getMessage());
        stepped.step(100);
        stepped.loop.reset();
        assertEquals("stop", stepped.robot.wire().getLast().what());
    }

    @Test
    void aFaultThatCouldNotBeToldToStopCannotBeReset() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.robot.onStop = () -> MemoryRobot.fail(Kind.TIMEOUT);
        stepped.loop.emergencyStop("key");
        stepped.step(3);
        assertThrows(RobotException.class, stepped.loop::reset);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        stepped.robot.onStop = Optional::empty;
        stepped.loop.reset();
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
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
    void repliesThatStayAwayBetweenArmingAndRunningAreAFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.robot.onRead = () -> MemoryRobot.fail(Kind.TIMEOUT);
        stepped.step(4);
        assertEquals(Phase.ARMED, stepped.loop.phase());
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertThrows(UsageException.class, () -> stepped.loop.run(InlineMind.wanting(0, 0, 0)));
    }

    @Test
    void closingWhileRunningStopsAndThenLetsGo() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        InlineMind mind = InlineMind.wanting(0.9, 0.4, 0);
        stepped.loop.run(mind);
        stepped.step(10);
        stepped.loop.close();
        List<String> wire = stepped.robot.wire().stream().map(MemoryRobot.Write::what).toList();
        assertEquals(List.of("stop", "close"), wire.subList(wire.size() - 2, wire.size()));
        assertEquals(Phase.CLOSED, stepped.loop.phase());
        assertTrue(mind.closed);
        stepped.robot.log(true);
        stepped.step(3);
        assertEquals(List.of(), stepped.robot.commands());
    }
}
