package dev.limber.learning.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    /// Vectors of any width leave a rest.
    private static final int COUNT = 37;

    @Test
    void adamFollowsItsPublishedEquations() {
        var parameters = random(COUNT, 1);
        var adam = new Adam(COUNT, 0.9, 0.999, 1e-5);
        var theta = values(parameters);
        var m = new double[COUNT];
        var v = new double[COUNT];
        var random = new SeededRandom(2);
        for (int step = 1; step <= 200; step++) {
            draw(parameters, random, step);
            double lr = 0.01 / step;
            adam.step(parameters, lr);
            for (int i = 0; i < COUNT; i++) {
                double g = parameters.gradient()[i];
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                double mean = m[i] / (1 - Math.pow(0.9, step));
                double variance = v[i] / (1 - Math.pow(0.999, step));
                theta[i] -= lr * mean / (Math.sqrt(variance) + 1e-5);
            }
        }
        assertClose(theta, values(parameters));
    }

    @Test
    void rmsPropFollowsTensorFlowsEquations() {
        var parameters = random(COUNT, 1);
        var optimizer = new RmsProp(COUNT, 0.99, 1e-5);
        var theta = values(parameters);
        var v = new double[COUNT];
        java.util.Arrays.fill(v, 1);
        var random = new SeededRandom(2);
        for (int step = 1; step <= 200; step++) {
            draw(parameters, random, step);
            double lr = 0.01 / step;
            optimizer.step(parameters, lr);
            for (int i = 0; i < COUNT; i++) {
                double g = parameters.gradient()[i];
                v[i] = 0.99 * v[i] + 0.01 * g * g;
                theta[i] -= lr * g / Math.sqrt(v[i] + 1e-5);
            }
        }
        assertClose(theta, values(parameters));
    }

    @Test
    void restoredOptimizersGoOnBitForBit() {
        goesOn(new Adam(COUNT, 0.9, 0.999, 1e-5), new Adam(COUNT, 0.9, 0.999, 1e-5));
        goesOn(new RmsProp(COUNT, 0.99, 1e-5), new RmsProp(COUNT, 0.99, 1e-5));
    }

    private static void goesOn(Optimizer first, Optimizer second) {
        var parameters = random(COUNT, 3);
        var random = new SeededRandom(4);
        for (int step = 0; step < 10; step++) {
            draw(parameters, random, 1);
            first.step(parameters, 0.01);
        }
        second.restore(first.save());
        var copy = new Parameters(COUNT);
        copy.restore(parameters.save());
        draw(parameters, random, 1);
        System.arraycopy(parameters.gradient(), 0, copy.gradient(), 0, COUNT);
        first.step(parameters, 0.01);
        second.step(copy, 0.01);
        assertEquals(parameters.save(), copy.save());
    }

    @Test
    void stateOfAnotherOptimizerOrSizeIsRefused() {
        var adam = new Adam(COUNT, 0.9, 0.999, 1e-5);
        assertThrows(IncompatibleStateException.class, () -> adam.restore(new RmsProp(COUNT, 0.99, 1e-5).save()));
        assertThrows(IncompatibleStateException.class,
                () -> adam.restore(new Adam(COUNT + 1, 0.9, 0.999, 1e-5).save()));
    }

    @Test
    void longGradientsAreCutToTheLimitAndShortOnesLeftAlone() {
        float[] gradient = {3, 0, 0, 0, 4};
        assertEquals(5, GradientNorm.clip(gradient, 10));
        assertEquals(3, gradient[0]);
        assertEquals(5, GradientNorm.clip(gradient, 0.5));
        assertEquals(0.3, gradient[0], 1e-7);
        assertEquals(0.4, gradient[4], 1e-7);
    }

    @Test
    void notFiniteNumbersAreNamed() {
        assertTrue(Double.isNaN(GradientNorm.of(new float[] {1, 2, 3, 4, Float.NaN})));
        var update = assertThrows(DivergenceException.class,
                () -> Divergence.check("value loss", Double.POSITIVE_INFINITY, 312));
        assertTrue(update.getMessage().startsWith("value loss is Infinity in update 312;"), update.getMessage());
        float[] observations = {0, 1, 2, Float.NaN};
        var given = assertThrows(DivergenceException.class,
                () -> Divergence.checkGiven("observation", observations, 2, "Counting-v0"));
        assertEquals("observation 1 of copy 1 is NaN; Counting-v0 must give finite numbers", given.getMessage());
        Divergence.checkGiven("observation", new float[] {Float.MAX_VALUE, -1e30f, 0}, 1, "Counting-v0");
    }

    @Test
    void tensorWithANumberThatIsNotFiniteIsNamed() {
        var parameters = random(COUNT, 1);
        double squares = 0;
        for (double value : values(parameters)) {
            squares += value * value;
        }
        assertEquals(Math.sqrt(squares), parameters.length(), 1e-5);
        assertEquals(2, Divergence.check("value", 2, parameters.memory(), i -> "tensor " + i, 1));
        parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 35, Float.NEGATIVE_INFINITY);
        assertNamed("value of tensor 35 is -Infinity in update 7;", parameters);
        // Finite, but its square is not.
        parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 35, 0);
        parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 5, -1e30f);
        assertNamed("value of tensor 5 is -1.0", parameters);
    }

    private static void assertNamed(String told, Parameters parameters) {
        var thrown = assertThrows(DivergenceException.class, () -> Divergence.check("value", parameters.length(),
                parameters.memory(), i -> "tensor " + i, 7));
        assertTrue(thrown.getMessage().startsWith(told), thrown.getMessage());
    }

    private static Parameters random(int count, long seed) {
        var parameters = new Parameters(count);
        var random = new SeededRandom(seed);
        for (int i = 0; i < count; i++) {
            parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return parameters;
    }

    private static void draw(Parameters parameters, SeededRandom random, double scale) {
        for (int i = 0; i < parameters.count(); i++) {
            parameters.gradient()[i] = (float) (scale * random.nextGaussian());
        }
    }

    private static double[] values(Parameters parameters) {
        var values = new double[parameters.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.memory().getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return values;
    }

    private static void assertClose(double[] expected, double[] actual) {
        assertNotEquals(expected[0], 0);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 2e-5, "parameter " + i);
        }
    }
}
