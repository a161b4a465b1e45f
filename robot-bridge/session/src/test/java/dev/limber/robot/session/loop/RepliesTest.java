package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.session.Phase;
import dev.limber.robot.session.fixture.InlineMind;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a session when the robot does not answer as it should.
class RepliesTest {

    private static final int SECOND = (int) Math.round(1 / SteppedLoop.CYCLE) + 1;

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
    void aDriveThatComplainsOfItsHealthAloneIsAFaultWithinASecondWhereItMoves() {
        var stepped = new SteppedLoop(new MemoryRobot(), SteppedLoop.spec().build());
        stepped.robot.complaint = "overload";
        stepped.step(SECOND);
        assertEquals(Phase.CONNECTED, stepped.loop.phase());
        stepped.loop.calibrate(Map.of(), 0);
        stepped.loop.arm();
        stepped.step(SECOND);
        assertEquals("FAULT: a drive reports a fault: joint 'knee': overload", stepped.told.getLast());
        assertEquals("stop", stepped.robot.wire().getLast().what());
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"TIMEOUT", "CORRUPT", "DRIVE_FAULT"})
    void healthThatCannotBeReadIsNoFaultButADriveInTroubleIs(Kind kind) {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        stepped.robot.onHealth = () -> MemoryRobot.fail(kind);
        stepped.step(SECOND);
        assertEquals(kind == Kind.DRIVE_FAULT ? Phase.FAULT : Phase.ARMED, stepped.loop.phase());
    }

    @Test
    void oneLookAtTheHealthThatWasHeldUpDoesNotEndAllOthers() {
        var stepped = SteppedLoop.armed(SteppedLoop.spec().build());
        for (double part : new double[] {0.1, 0.9, 0.1}) {
            stepped.robot.onHealth = () -> {
                stepped.clock.pass(part * SteppedLoop.CYCLE);
                return Optional.empty();
            };
            stepped.step(SECOND);
        }
        stepped.robot.complaint = "overload";
        stepped.step(SECOND);
        assertEquals(Phase.FAULT, stepped.loop.phase());
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
}
