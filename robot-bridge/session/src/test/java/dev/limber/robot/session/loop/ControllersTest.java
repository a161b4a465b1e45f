package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.JointStates;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Phase;
import dev.limber.robot.session.fixture.InlineMind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What controllers may want, and what becomes of those that do not answer.
class ControllersTest {

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
}
