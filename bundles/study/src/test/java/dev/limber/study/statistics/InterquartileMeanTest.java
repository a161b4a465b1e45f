package dev.limber.study.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterquartileMeanTest {

    /// Worked out by hand; the same as SciPy's trim_mean(x, 0.25), which the paper's own library uses.
    @ParameterizedTest
    @CsvSource({"'5', 5", "'1 3', 2", "'0 0 9', 3", "'100 2 4 -50', 3", "'1 2 3 4 1000', 3",
        "'8 1 2 3 4 5 6 7', 4.5", "'0 0 1 2 3 4 5 6 7 500', 3.5"})
    void leavesOutTheLowestAndTheHighestQuarter(String values, double mean) {
        double[] scores = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertEquals(mean, InterquartileMean.of(scores), 1e-12);
    }
}
