package dev.limber.launcher.gui.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(value = {"0;0", "9999;9,999", "12345;12.3k", "128000;128k", "4561000;4.56M", "50000000;50.0M",
        "NaN;–"}, delimiter = ';')
    void countsAreShort(double value, String text) {
        assertEquals(text, Amounts.count(value));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-0.1,-0.1", "0.333333333,0.333333", "100,100", "1e-7,1e-07", "0,0"})
    void weightsLoseNothingThatMatters(double value, String text) {
        assertEquals(text, Amounts.precise(value));
        assertEquals(value, Double.parseDouble(Amounts.precise(value)), Math.abs(value) * 1e-5);
    }

    @Test
    void durationsHaveTheUnitThatFits() {
        assertEquals("59 s", Amounts.duration(Duration.ofSeconds(59)));
        assertEquals("2 min", Amounts.duration(Duration.ofSeconds(150)));
        assertEquals("3 h", Amounts.duration(Duration.ofHours(3)));
        assertEquals("2 d", Amounts.duration(Duration.ofHours(50)));
    }
}
