package dev.limber.testing.reward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.reward.Transitions;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every reward must keep to. Extend it and give the factory and an environment it is meant for.
///
/// Values are compared bit for bit.
public abstract class RewardContract {

    private static final int ROWS = 64;
    private static final long SEED = 20_261_122;

    /// The kind of reward under test.
    protected abstract RewardFactory factory();

    /// An environment that it is meant for.
    protected abstract EnvironmentSpec environment();

    /// The options it is tested with.
    protected Options options() {
        return Options.defaults();
    }

    /// Environments that it does not fit.
    protected List<EnvironmentSpec> unsuitable() {
        return List.of();
    }

    /// What it gives for coming to an observation, from the same one, without acting and without an end.
    ///
    /// @param observation where the step led [observation]
    protected final float value(float[] observation) {
        float[] values = new float[1];
        try (Reward reward = reward()) {
            reward.evaluate(new Transitions(1, observation, new float[environment().action().size()], observation,
                    new boolean[1]), values);
        }
        return values[0];
    }

    @Test
    void sameTransitionsGiveTheSameValues() {
        Transitions transitions = transitions(ROWS);
        try (Reward reward = reward();
                Reward another = reward()) {
            float[] first = values(reward, transitions);
            values(reward, transitions(ROWS / 2));
            assertArrayEquals(first, values(reward, transitions), "asked again");
            assertArrayEquals(first, values(another, transitions), "by another instance");
        }
    }

    @Test
    void everyRowGetsAFiniteValue() {
        try (Reward reward = reward()) {
            float[] values = values(reward, transitions(ROWS));
            for (int row = 0; row < values.length; row++) {
                assertTrue(Float.isFinite(values[row]), "row " + row + " is " + values[row]);
            }
        }
    }

    @Test
    void batchGivesWhatSingleTransitionsDo() {
        Transitions batch = transitions(ROWS);
        try (Reward reward = reward()) {
            float[] values = values(reward, batch);
            for (int row = 0; row < ROWS; row++) {
                assertEquals(values[row], values(reward, row(batch, row))[0], "row " + row);
            }
        }
    }

    @Test
    void transitionsStayTheCallers() {
        Transitions transitions = transitions(ROWS);
        try (Reward reward = reward()) {
            values(reward, transitions);
        }
        Transitions untouched = transitions(ROWS);
        assertArrayEquals(untouched.observations(), transitions.observations());
        assertArrayEquals(untouched.actions(), transitions.actions());
        assertArrayEquals(untouched.nextObservations(), transitions.nextObservations());
        assertArrayEquals(untouched.terminated(), transitions.terminated());
    }

    @Test
    void unsuitableEnvironmentIsRefusedInOneLine() {
        assumeTrue(!unsuitable().isEmpty(), "it fits everywhere");
        for (EnvironmentSpec spec : unsuitable()) {
            var thrown = assertThrows(UsageException.class, () -> factory().create(spec, options()), spec.name());
            assertTrue(thrown.getMessage().contains(spec.name()), thrown.getMessage());
            assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
        }
    }

    private Reward reward() {
        return factory().create(environment(), options());
    }

    private static float[] values(Reward reward, Transitions transitions) {
        float[] values = new float[transitions.rows()];
        Arrays.fill(values, Float.NaN);
        reward.evaluate(transitions, values);
        return values;
    }

    private Transitions transitions(int rows) {
        SeededRandom random = new SeededRandom(SEED);
        boolean[] terminated = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            terminated[row] = random.nextInt(8) == 0;
        }
        Space observation = environment().observation();
        return new Transitions(rows, elements(observation, rows, random),
                elements(environment().action(), rows, random), elements(observation, rows, random), terminated);
    }

    private static float[] elements(Space space, int rows, SeededRandom random) {
        float[] elements = new float[rows * space.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = switch (space) {
                case Discrete discrete -> random.nextInt(discrete.n());
                case Box box -> Math.clamp((float) random.nextGaussian(), box.low()[i % box.size()],
                        box.high()[i % box.size()]);
            };
        }
        return elements;
    }

    private Transitions row(Transitions batch, int row) {
        return new Transitions(1, part(batch.observations(), row, environment().observation()),
                part(batch.actions(), row, environment().action()),
                part(batch.nextObservations(), row, environment().observation()),
                new boolean[] {batch.terminated()[row]});
    }

    private static float[] part(float[] values, int row, Space space) {
        return Arrays.copyOfRange(values, row * space.size(), (row + 1) * space.size());
    }
}
