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
import dev.limber.api.session.Controller;
import dev.limber.api.session.Phase;
import dev.limber.robot.session.fixture.InlineMind;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way to stop, and what leaves it.
class StoppingTest {

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void stoppingIsAPathToRestAndThenEachJointsOwnWay(CommandMode mode) {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().mode(mode).stopWay("hip", StopWay.HOLD)
                .stopWay("pendulum", StopWay.TORQUE_OFF).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.45, 0));
        stepped.step(20);
        stepped.loop.stop("test");
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
        stepped.loop.stop("test");
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
        stepped.loop.stop("test");
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
    void aStopWhileAFaultIsResetKeepsTheFault() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.emergencyStop("key");
        stepped.step(1);
        stepped.robot.onRead = () -> {
            stepped.loop.emergencyStop("button");
            return Optional.empty();
        };
        var refused = assertThrows(UsageException.class, stepped.loop::reset);
        assertEquals("the robot was not reset: emergency stop: button", refused.getMessage());
        stepped.robot.onRead = Optional::empty;
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        stepped.loop.reset();
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
    }

    @Test
    void aStopWhileItIsArmedComesBeforeAnythingIsEnergised() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        stepped.loop.calibrate(Map.of(), 0);
        stepped.robot.onWatchdog = () -> {
            stepped.loop.emergencyStop("button");
            return Optional.empty();
        };
        assertThrows(UsageException.class, stepped.loop::arm);
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals(0, stepped.robot.count("enable"));
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
    void aLoopThatStandsStillWhileItMeasuresStopsTheRobotInsteadOfCommandingIt() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(0.1).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        long sent = stepped.robot.count("send");
        stepped.robot.onRead = () -> {
            stepped.clock.pass(1);
            return Optional.empty();
        };
        stepped.step(1);
        assertEquals("FAULT: the loop stood still for 1.000 s", stepped.told.getLast());
        assertEquals(sent, stepped.robot.count("send"));
        assertEquals("stop", stepped.robot.wire().getLast().what());
    }

    @Test
    void aLoopThatStandsStillWhileAControllerThinksStopsTheRobotInsteadOfCommandingIt() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(0.1).build());
        stepped.loop.run(new InlineMind("late", new Controller() {

            private int asked;

            @Override
            public void reset(JointStates measured) {}

            @Override
            public void control(JointStates measured, double[] wanted) {
                wanted[0] = 0.9;
                if (++asked == 6) {
                    stepped.clock.pass(1);
                }
            }
        }));
        stepped.step(5);
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        long sent = stepped.robot.count("send");
        stepped.step(1);
        assertEquals("FAULT: the loop stood still for 1.000 s", stepped.told.getLast());
        assertEquals(sent, stepped.robot.count("send"));
    }

    @Test
    void aLoopThatStandsStillAfterItsCommandStopsTheRobotInTheNextCycle() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().stall(0.1).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(5);
        stepped.robot.onSend = () -> {
            stepped.clock.pass(1);
            return Optional.empty();
        };
        stepped.step(1);
        long sent = stepped.robot.count("send");
        assertEquals(Phase.RUNNING, stepped.loop.phase());
        stepped.step(1);
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertTrue(stepped.told.getLast().startsWith("FAULT: the loop stood still for"), stepped.told.getLast());
        assertEquals(sent, stepped.robot.count("send"));
    }

    @Test
    void armingThatTakesItsTimeIsNoStandingStill() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().stall(0.1).build());
        stepped.step(5);
        stepped.loop.calibrate(Map.of(), 0);
        stepped.robot.onEnable = () -> {
            stepped.clock.pass(1);
            return Optional.empty();
        };
        stepped.loop.arm();
        stepped.step(5);
        assertEquals(Phase.ARMED, stepped.loop.phase());
    }

    @Test
    void aStopOnItsWayIsNotTakenBack() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        stepped.loop.stop("test");
        stepped.step(1);
        InlineMind late = InlineMind.wanting(-0.9, -0.4, 0);
        var refused = assertThrows(UsageException.class, () -> stepped.loop.run(late));
        assertEquals("the robot cannot run a controller while it is still coming to rest (coming to rest: test)",
                refused.getMessage());
        assertThrows(UsageException.class, () -> stepped.loop.hold("test"));
        stepped.step(100);
        assertEquals(Phase.STOPPED, stepped.loop.phase());
        stepped.assertWithinLimits();
    }

    @Test
    void whoAsksAgainForAStopDoesNotPutItOff() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().replyMisses(100_000).build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        stepped.robot.onSend = () -> MemoryRobot.fail(Kind.TIMEOUT); // Nothing gets through: it never comes to rest.
        for (int second = 0; second < 6; second++) {
            stepped.loop.stop("test");
            stepped.step(500);
        }
        assertEquals(Phase.STOPPED, stepped.loop.phase());
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

    @Test
    void anEmergencyStopBetweenCyclesIsSentBeforeTheNextOne() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.loop.run(InlineMind.wanting(0.9, 0.4, 0));
        stepped.step(20);
        stepped.loop.emergencyStop("key");
        stepped.loop.stopIfAsked();
        assertEquals("stop", stepped.robot.wire().getLast().what());
        assertEquals(Phase.FAULT, stepped.loop.phase());
        assertEquals(1, stepped.loop.status("").stopTime().count());
        assertFalse(stepped.loop.stopPending());
    }

    @Test
    void anEmergencyStopWhileAControllerThinksEndsWaitingAndComesBeforeTheCommandOfThatCycle() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        InlineMind mind = InlineMind.wanting(0.9, 0.4, 0);
        stepped.loop.run(mind);
        stepped.step(5);
        long sent = stepped.robot.count("send");
        mind.frozen = true;
        int[] waits = {0};
        stepped.clock.onPark = () -> {
            if (++waits[0] == 2) { // The first one is for the cycle to begin.
                stepped.loop.emergencyStop("button");
            }
        };
        stepped.step(1);
        assertEquals(sent, stepped.robot.count("send"));
        assertEquals(1, stepped.robot.count("stop"));
        assertEquals("FAULT: emergency stop: button", stepped.told.getLast());
    }

    @Test
    void aClientThatFallsSilentStopsTheRobotBetweenCyclesWhenItsTimeIsOver() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().heartbeat(0.005).build());
        stepped.step(2);
        assertEquals(0.001, stepped.loop.patience() / 1e9, 1e-9);
        stepped.loop.stopIfAsked();
        assertEquals(Phase.ARMED, stepped.loop.phase());
        stepped.clock.pass(0.001);
        stepped.loop.stopIfAsked();
        assertEquals("FAULT: emergency stop: lost heartbeat of the client", stepped.told.getLast());
        assertEquals(Long.MAX_VALUE, stepped.loop.patience(), "nobody has to be heard while nothing moves");
    }
}
