package dev.limber.algorithms.a2c;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.testing.algorithm.LearningRun;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A2cPicturesLearningTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void seesOnWhichSideTheSpotIs(long seed) {
        try (var run = new LearningRun(new Spot(), 16, seed, 30_000, A2cPicturesContractTest.OPTIONS, Optional.empty());
                Algorithm algorithm = run.learn(new A2cFactory())) {
            double greedy = Arrays.stream(run.evaluate(algorithm, 200)).average().orElseThrow();
            assertTrue(greedy > 0.97, "guesses are right half of the time, this one " + greedy);
        }
    }
}
