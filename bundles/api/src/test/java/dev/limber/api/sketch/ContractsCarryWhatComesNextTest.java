package dev.limber.api.sketch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.dynamics.Dynamics;
import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.Transitions;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractsCarryWhatComesNextTest {

    @Test
    void aReplayMemoryHoldsRightTransitionsAndGoesOverToItsSuccessorWithoutACopy() {
        int copies = 3;
        int steps = 60;
        int row = 2 + 1 + 1 + 2 + 1;
        try (var arena = Arena.ofConfined();
                var environment = new PointMass(copies)) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, (long) copies * steps * row);
            environment.reset(new long[] {1, 2, 3});
            var random = new SeededRandom(4);
            float[] before = new float[2 * copies];
            float[] actions = new float[copies];
            int at = 0;
            for (int t = 0; t < steps; t++) {
                System.arraycopy(environment.observations().values(), 0, before, 0, before.length);
                for (int i = 0; i < copies; i++) {
                    actions[i] = random.nextFloat(-1, 1);
                }
                environment.step(actions);
                for (int i = 0; i < copies; i++) {
                    boolean ended = environment.terminated()[i] || environment.truncated()[i];
                    float[] next = (ended ? environment.finalObservations() : environment.observations()).values();
                    float[] transition = {before[2 * i], before[2 * i + 1], actions[i], environment.rewards()[i],
                        next[2 * i], next[2 * i + 1], environment.terminated()[i] ? 1 : 0};
                    MemorySegment.copy(transition, 0, memory, ValueLayout.JAVA_FLOAT, 4L * at, row);
                    at += row;
                }
            }
            for (int k = 0; k < copies * steps; k++) {
                float x = memory.getAtIndex(ValueLayout.JAVA_FLOAT, (long) k * row);
                float nextX = memory.getAtIndex(ValueLayout.JAVA_FLOAT, (long) k * row + 4);
                float nextV = memory.getAtIndex(ValueLayout.JAVA_FLOAT, (long) k * row + 5);
                assertEquals(x + 0.1f * nextV, nextX, 1e-5f, "next observation of the same episode, row " + k);
            }

            State state = new State("replay", 1).share("memory", Tensor.Type.FLOAT32, memory, copies * steps, row);
            assertSame(memory, state.tensor("memory").memory());
        }
    }

    /// Random shooting: tries sequences of actions in a simulator from where the real one is, takes the best one's first.
    private static final class Planner implements Policy {

        private static final int TRIES = 64;
        private static final int HORIZON = 12;
        private final PointMass real;
        private final PointMass simulator = new PointMass(TRIES);
        private final SeededRandom random = new SeededRandom(7);

        Planner(PointMass real) {
            this.real = real;
            simulator.reset(new long[TRIES]);
        }

        @Override
        public void act(Observations observations, boolean[] starts, float[] actions) {
            double[] now = real.state(0);
            for (int i = 0; i < TRIES; i++) {
                simulator.setState(i, now);
            }
            float[] first = new float[TRIES];
            float[] action = new float[TRIES];
            double[] returns = new double[TRIES];
            for (int t = 0; t < HORIZON; t++) {
                for (int i = 0; i < TRIES; i++) {
                    action[i] = random.nextFloat(-1, 1);
                }
                if (t == 0) {
                    System.arraycopy(action, 0, first, 0, TRIES);
                }
                simulator.step(action);
                for (int i = 0; i < TRIES; i++) {
                    returns[i] += simulator.rewards()[i];
                }
            }
            int best = 0;
            for (int i = 1; i < TRIES; i++) {
                best = returns[i] > returns[best] ? i : best;
            }
            actions[0] = first[best];
        }
    }

    @Test
    void aPlannerComesBackToASimulatorsState() {
        assertTrue(episodeReturn(true) > episodeReturn(false) + 1, "planning beats doing nothing");
    }

    private static double episodeReturn(boolean planned) {
        try (var environment = new PointMass(1)) {
            environment.reset(new long[] {11});
            Policy policy = planned ? new Planner(environment) : (o, s, a) -> a[0] = 0;
            float[] action = new float[1];
            double total = 0;
            boolean[] starts = {true};
            for (int t = 0; t < environment.spec().maxEpisodeSteps(); t++) {
                policy.act(environment.observations(), starts, action);
                environment.step(action);
                total += environment.rewards()[0];
                starts[0] = false;
            }
            return total;
        }
    }

    @Test
    void learnedDynamicsPredictsOneStepForABatch() {
        Dynamics identified = new Dynamics() {
            @Override
            public int members() {
                return 1;
            }

            @Override
            public void predict(int member, float[] observations, float[] actions, int rows, float[] mean,
                    float[] deviation) {
                for (int i = 0; i < rows; i++) {
                    mean[2 * i + 1] = observations[2 * i + 1] + 0.1f * actions[i];
                    mean[2 * i] = observations[2 * i] + 0.1f * mean[2 * i + 1];
                }
            }
        };
        try (var environment = new PointMass(4)) {
            environment.reset(new long[] {1, 2, 3, 4});
            float[] before = environment.observations().values().clone();
            float[] actions = {-1, -0.5f, 0.5f, 1};
            float[] mean = new float[8];
            identified.predict(0, before, actions, 4, mean, new float[8]);
            environment.step(actions);
            assertArrayEquals(environment.observations().values(), mean, 1e-6f);
        }
    }

    @Test
    void aRewardTermIsComputedForABatchOutsideItsEnvironment() {
        Reward distance = (transitions, values) -> {
            for (int i = 0; i < transitions.rows(); i++) {
                values[i] = Math.abs(transitions.nextObservations()[2 * i]);
            }
        };
        try (var environment = new PointMass(2)) {
            environment.reset(new long[] {1, 2});
            float[] before = environment.observations().values().clone();
            float[] actions = {1, -1};
            environment.step(actions);
            float[] values = new float[2];
            distance.evaluate(
                    new Transitions(2, before, actions, environment.observations().values(), environment.terminated()),
                    values);
            assertEquals(environment.rewardTerms()[0], values[0], 1e-6f);
            assertEquals(environment.rewardTerms()[1], values[1], 1e-6f);
        }
    }

    @Test
    void aPolicyActsOnPixelsAlone() {
        Policy towardsTheMiddle = (observations, starts, actions) -> {
            for (int i = 0; i < actions.length; i++) {
                for (int p = 0; p < PointMass.STRIP; p++) {
                    if ((observations.pixels()[i * PointMass.STRIP + p] & 0xff) > 127) {
                        actions[i] = p < PointMass.STRIP / 2 ? 1 : -1;
                    }
                }
            }
        };
        try (var environment = new PointMass(8)) {
            environment.reset(new long[] {1, 2, 3, 4, 5, 6, 7, 8});
            float[] actions = new float[8];
            towardsTheMiddle.act(environment.observations(), new boolean[8], actions);
            for (int i = 0; i < 8; i++) {
                assertEquals(environment.observations().values()[2 * i] < 0 ? 1 : -1, actions[i]);
            }
        }
    }

    @Test
    void aRobotTellsWhatItReallySent() {
        var robot = new Robot() {
            private final double[] effort = new double[1];

            @Override
            public RobotSpec spec() {
                return new RobotSpec("cart", List.of(new RobotSpec.Joint("slider", -2, 2, 1, 10, 1, true)),
                        Set.of(CommandMode.EFFORT), 0.02, new RobotSpec.DriveWatchdog.None());
            }

            @Override
            public void connect() {}

            @Override
            public void read(JointStates target) {
                target.efforts()[0] = effort[0];
            }

            @Override
            public void readHealth(DriveHealth target) {}

            @Override
            public void setWatchdog(double seconds) {}

            @Override
            public void enable(CommandMode mode) {}

            @Override
            public void send(double[] command, double[] applied) {
                double limit = spec().joints().getFirst().maxEffort();
                applied[0] = Double.isNaN(command[0]) ? 0 : Math.clamp(command[0], -limit, limit);
                effort[0] = applied[0];
            }

            @Override
            public void stop(StopWay[] ways) {
                effort[0] = 0;
            }

            @Override
            public void close() {}
        };
        robot.enable(Robot.CommandMode.EFFORT);
        double[] applied = new double[1];
        robot.send(new double[] {1e30}, applied);
        assertEquals(1, applied[0]);
        robot.send(new double[] {Double.NaN}, applied);
        assertEquals(0, applied[0]);
        var states = JointStates.ofJoints(1);
        robot.read(states);
        assertEquals(0, states.efforts()[0]);
        robot.close();
    }
}
