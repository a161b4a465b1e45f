package dev.limber.algorithms.ddpg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.replay.Batch;
import dev.limber.learning.tensor.TensorContext;
import dev.limber.physics.classiccontrol.MountainCarContinuous;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.LearningRun;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One update of each algorithm against its equations, computed in double precision and differentiated by differences:
/// with one thread and two, and with tensors that are copies as on a GPU.
class UpdateTest {

    private static final int ROWS = 8;
    private static final double TAU = 0.25;
    private static final double GAMMA = 0.9;
    private static final double LR = 1e-3;
    private static final Options OPTIONS = Options.of(Map.of("hidden", "5,4", "batch", ROWS, "warmup", 300, "ratio", 0,
            "policyDelay", 2, "tau", TAU, "gamma", GAMMA, "lr", LR));

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false"})
    void ddpgDescendsTheCriticsErrorAndClimbsItsValue(int threads, boolean shared) {
        try (var run = run(threads);
                var ddpg = new Ddpg(run, run.options().as(DdpgSettings.class),
                        device -> TensorContext.open(device, shared))) {
            var before = prepared(ddpg);
            var batch = new Rows(ddpg.draw());
            assertEquals(0, batch.terminal(), "a pendulum's episode is only ever cut short");

            ddpg.learn(1);
            assertGradient(ddpg.critics(), before.critic, critic -> error(ddpg, batch, before, critic));
            assertArrayEquals(before.actor, doubles(ddpg.actor().parameters().memory()), "the actor waits");
            assertArrayEquals(before.targetCritic, targets(ddpg.critics()), "the targets wait");

            ddpg.learn(2);
            double[] critic = doubles(ddpg.critics().parameters().memory());
            assertGradient(ddpg.actor(), before.actor, actor -> batch.mean(
                    row -> -value(ddpg, critic, 0, row.observation, action(ddpg, actor, row.observation))));
            assertFollows(before.targetActor, ddpg.actor());
            assertFollows(before.targetCritic, ddpg.critics());
        }
    }

    private static double error(Ddpg ddpg, Rows batch, Before before, double[] critic) {
        return batch.mean(row -> {
            double[] next = action(ddpg, before.targetActor, row.next);
            double target = row.reward + row.discount * value(ddpg, before.targetCritic, 0, row.next, next);
            return square(value(ddpg, critic, 0, row.observation, row.action) - target);
        });
    }

    @Test
    void stepThatEndsAnEpisodeForGoodIsWorthItsRewardAlone() {
        try (var run = new LearningRun(new MountainCarContinuous(), 1, 5, 1000, OPTIONS, Optional.empty());
                var ddpg = new Ddpg(run, run.options().as(DdpgSettings.class))) {
            for (int i = 0; i < 40; i++) {
                // Fast and just below the top, so that every other step arrives there.
                if (i % 2 == 0) {
                    run.environment().setState(0, new double[] {0.44, 0.06});
                }
                ddpg.iterate();
            }
            var before = prepared(ddpg);
            Rows drawn;
            do {
                drawn = new Rows(ddpg.draw());
            } while (drawn.terminal() < 2);
            Rows batch = drawn;
            ddpg.learn(1);
            assertGradient(ddpg.critics(), before.critic, critic -> error(ddpg, batch, before, critic));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false"})
    void td3TakesTheLesserValueOfABlurredAction(int threads, boolean shared) {
        try (var run = run(threads);
                var td3 = new Td3(run, run.options().as(Td3Settings.class),
                        device -> TensorContext.open(device, shared))) {
            var before = prepared(td3);
            var batch = new Rows(td3.draw());
            double[] noise = normals(td3);

            td3.learn(1);
            assertGradient(td3.critics(), before.critic, critics -> batch.mean(row -> {
                double blur = Math.clamp(0.2 * noise[row.index], -0.5, 0.5);
                double[] next = {Math.clamp(action(td3, before.targetActor, row.next)[0] + blur, -1, 1)};
                double target = row.reward
                        + row.discount * Math.min(value(td3, before.targetCritic, 0, row.next, next),
                                value(td3, before.targetCritic, 1, row.next, next));
                return square(value(td3, critics, 0, row.observation, row.action) - target)
                        + square(value(td3, critics, 1, row.observation, row.action) - target);
            }));

            td3.learn(2);
            double[] critics = doubles(td3.critics().parameters().memory());
            assertGradient(td3.actor(), before.actor, actor -> batch.mean(
                    row -> -value(td3, critics, 0, row.observation, action(td3, actor, row.observation))));
            assertFollows(before.targetActor, td3.actor());
            assertFollows(before.targetCritic, td3.critics());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false"})
    void sacCountsEntropyAsReward(int threads, boolean shared) {
        double alpha = 0.3;
        try (var run = run(threads);
                var sac = new Sac(run, run.options().with("entropy", alpha).as(SacSettings.class),
                        device -> TensorContext.open(device, shared))) {
            var before = prepared(sac);
            var batch = new Rows(sac.draw());
            double[] noise = normals(sac);

            sac.learn(1);
            assertGradient(sac.critics(), before.critic, critics -> batch.mean(row -> {
                var next = new Drawn(output(sac, before.actor, row.next), noise[row.index]);
                double target = row.reward + row.discount
                        * (Math.min(value(sac, before.targetCritic, 0, row.next, next.action),
                                value(sac, before.targetCritic, 1, row.next, next.action))
                                - alpha * next.logProbability);
                return square(value(sac, critics, 0, row.observation, row.action) - target)
                        + square(value(sac, critics, 1, row.observation, row.action) - target);
            }));
            assertFollows(before.targetCritic, sac.critics());

            // Before drawing for the actor it draws for the critics again.
            normals(sac, 1);
            double[] actorNoise = normals(sac, 2);
            sac.learn(2);
            double[] critics = doubles(sac.critics().parameters().memory());
            assertGradient(sac.actor(), before.actor, actor -> batch.mean(row -> {
                var drawn = new Drawn(output(sac, actor, row.observation), actorNoise[row.index]);
                return alpha * drawn.logProbability
                        - Math.min(value(sac, critics, 0, row.observation, drawn.action),
                                value(sac, critics, 1, row.observation, drawn.action));
            }));
        }
    }

    @Test
    void entropyCoefficientFallsWhileThereIsMoreEntropyThanWantedAndRisesWhileThereIsLess() {
        var coefficient = new EntropyCoefficient(0.5, true, -1);
        coefficient.learn(0, 0.01);
        // The first step of Adam has the length of the learning rate.
        assertEquals(0.5 * Math.exp(-0.01), coefficient.value(), 1e-6);
        for (int i = 0; i < 20; i++) {
            coefficient.learn(-3, 0.01);
        }
        assertTrue(coefficient.value() > 0.5, "it is " + coefficient.value());
        var constant = new EntropyCoefficient(0.5, false, -1);
        constant.learn(0, 0.01);
        assertEquals(0.5, constant.value());
    }

    private static LearningRun run(int threads) {
        return new LearningRun(new Pendulum(), 2, 5, 1000, OPTIONS.with("learnerThreads", threads), Optional.empty());
    }

    /// All parameters before an update.
    private record Before(double[] actor, double[] critic, double[] targetActor, double[] targetCritic) {}

    /// Fills the memory, which takes one episode and more, and moves the targets away from the networks.
    private static Before prepared(ReplayLearner learner) {
        for (int i = 0; i < 250; i++) {
            learner.iterate();
        }
        var random = new SeededRandom(3);
        for (Network network : new Network[] {learner.actor(), learner.critics()}) {
            network.targets().ifPresent(targets -> {
                for (int i = 0; i < targets.count(); i++) {
                    targets.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, 0.5f * (float) random.nextGaussian());
                }
            });
        }
        learner.parametersChanged();
        return new Before(doubles(learner.actor().parameters().memory()),
                doubles(learner.critics().parameters().memory()), targets(learner.actor()),
                targets(learner.critics()));
    }

    /// The normal numbers that the learner will draw next, one per row.
    private static double[] normals(ReplayLearner learner) {
        return normals(learner, 1);
    }

    /// The `nth` lot of normal numbers that the learner will draw.
    private static double[] normals(ReplayLearner learner, int nth) {
        var words = new long[4];
        learner.random().save(words, 0);
        var copy = new SeededRandom(0);
        copy.restore(words, 0);
        var drawn = new double[ROWS];
        for (int lot = 0; lot < nth; lot++) {
            for (int i = 0; i < ROWS; i++) {
                drawn[i] = copy.nextGaussian();
            }
        }
        return drawn;
    }

    private static void assertGradient(Network network, double[] at, ToDoubleFunction<double[]> loss) {
        double h = 1e-6;
        double largest = 0;
        for (int i = 0; i < at.length; i++) {
            var above = at.clone();
            var below = at.clone();
            above[i] += h;
            below[i] -= h;
            double difference = (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / (2 * h);
            largest = Math.max(largest, Math.abs(difference));
            assertEquals(difference, network.parameters().gradient()[i], 1e-4 + 2e-4 * Math.abs(difference),
                    "parameter " + i);
        }
        assertTrue(largest > 0.01, "the largest derivative is only " + largest);
    }

    private static void assertFollows(double[] before, Network network) {
        double[] learned = doubles(network.parameters().memory());
        double[] targets = targets(network);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i] + TAU * (learned[i] - before[i]), targets[i], 1e-6, "target " + i);
        }
    }

    /// An action drawn from the policy, by the definition of its density.
    private static final class Drawn {

        final double[] action;
        final double logProbability;

        Drawn(double[] output, double noise) {
            double logStd = Math.clamp(output[1], -20, 2);
            double raw = output[0] + Math.exp(logStd) * noise;
            action = new double[] {Math.tanh(raw)};
            logProbability = -0.5 * noise * noise - logStd - 0.5 * Math.log(2 * Math.PI)
                    - Math.log(1 - action[0] * action[0]);
        }
    }

    private record Row(int index, double[] observation, double[] action, double reward, double[] next,
            double discount) {}

    private record Rows(Row[] rows) {

        Rows(Batch batch) {
            this(new Row[ROWS]);
            int observation = batch.spec().observation().size();
            for (int i = 0; i < ROWS; i++) {
                boolean terminated = batch.terminated().getFloat(4 * i) == 1;
                rows[i] = new Row(i, numbers(batch.observations(), i, observation), numbers(batch.actions(), i, 1),
                        numbers(batch.rewards(), i, 1)[0], numbers(batch.nextObservations(), i, observation),
                        terminated ? 0 : GAMMA);
                assertTrue(rows[i].action[0] >= -1 && rows[i].action[0] <= 1);
            }
        }

        long terminal() {
            return Arrays.stream(rows).filter(row -> row.discount == 0).count();
        }

        private static double[] numbers(ByteBuffer buffer, int row, int width) {
            var numbers = new double[width];
            for (int i = 0; i < width; i++) {
                numbers[i] = buffer.getFloat(4 * (row * width + i));
            }
            return numbers;
        }

        double mean(ToDoubleFunction<Row> function) {
            double sum = 0;
            for (Row row : rows) {
                sum += function.applyAsDouble(row);
            }
            return sum / ROWS;
        }
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] targets(Network network) {
        return network.targets().map(targets -> doubles(targets.memory())).orElseGet(() -> new double[0]);
    }

    private static double[] doubles(MemorySegment floats) {
        var doubles = new double[(int) (floats.byteSize() / Float.BYTES)];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return doubles;
    }

    private static double[] output(ReplayLearner learner, double[] actor, double[] observation) {
        return forward(learner.actor().spec(), actor, 0, observation);
    }

    private static double[] action(ReplayLearner learner, double[] actor, double[] observation) {
        return new double[] {Math.tanh(output(learner, actor, observation)[0])};
    }

    private static double value(ReplayLearner learner, double[] critics, int member, double[] observation,
            double[] action) {
        var inputs = Arrays.copyOf(observation, observation.length + 1);
        inputs[observation.length] = action[0];
        MlpSpec spec = learner.critics().spec();
        return forward(spec, critics, member * spec.parameterCount(), inputs)[0];
    }

    private static double[] forward(MlpSpec spec, double[] parameters, int offset, double[] inputs) {
        double[] x = inputs;
        for (int layer = 0; layer < spec.layers(); layer++) {
            var y = new double[spec.layerOutputs(layer)];
            for (int o = 0; o < y.length; o++) {
                y[o] = parameters[offset + spec.biasOffset(layer) + o];
                for (int i = 0; i < x.length; i++) {
                    y[o] += parameters[offset + spec.weightOffset(layer) + o * x.length + i] * x[i];
                }
                if (layer < spec.layers() - 1) {
                    y[o] = Math.max(0, y[o]);
                }
            }
            x = y;
        }
        return x;
    }
}
