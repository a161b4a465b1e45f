package dev.limber.physics.classiccontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstStateTest {

    private static final int COPIES = 4000;

    static Stream<Arguments> ranges() {
        double pi = Math.PI;
        return Stream.of(range(new CartPole(), new double[] {-0.05, -0.05, -0.05, -0.05}, 0.05, 0.05, 0.05, 0.05),
                range(new Pendulum(), new double[] {-pi, -1}, pi, 1),
                range(new MountainCar(), new double[] {-0.6, 0}, -0.4, 0),
                range(new MountainCarContinuous(), new double[] {-0.6, 0}, -0.4, 0),
                range(new Acrobot(), new double[] {-0.1, -0.1, -0.1, -0.1}, 0.1, 0.1, 0.1, 0.1));
    }

    private static Arguments range(EnvironmentFactory factory, double[] low, double... high) {
        return Arguments.of(factory, low, high);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void firstStatesFillGymnasiumsRanges(EnvironmentFactory factory, double[] low, double[] high) {
        try (Environment environment = factory.create(COPIES, Options.defaults())) {
            environment.reset(new SeededRandom(3).longs(COPIES).toArray());
            for (int k = 0; k < low.length; k++) {
                double sum = 0;
                double least = Double.POSITIVE_INFINITY;
                double most = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < COPIES; i++) {
                    double value = environment.state(i)[k];
                    sum += value;
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
                String name = environment.spec().stateNames().get(k);
                double width = high[k] - low[k];
                double rounding = 1e-8; // the acrobot's are drawn in single precision
                assertTrue(least >= low[k] - rounding && most <= high[k] + rounding,
                        name + ": " + least + " to " + most);
                assertEquals(low[k], least, 0.01 * width, name);
                assertEquals(high[k], most, 0.01 * width, name);
                assertEquals((low[k] + high[k]) / 2, sum / COPIES, 0.02 * width + 1e-12, name);
            }
        }
    }
}
