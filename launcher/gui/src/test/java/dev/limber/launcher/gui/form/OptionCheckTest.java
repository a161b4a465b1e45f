package dev.limber.launcher.gui.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class OptionCheckTest {

    private static OptionCheck check(Type type, String least, String most, String... choices) {
        return new OptionCheck(new OptionInfo("x", type, "1", Optional.ofNullable(least), Optional.ofNullable(most),
                List.of(choices), "time between two looks [ms], 0 for none"));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "1,true", "0.5,true", "1e-3,true", "1.01,false", "-1e-9,false", "high,false", "NaN,false"})
    void numbersLieInTheirRange(String text, boolean right) {
        assertEquals(right, check(Type.NUMBER, "0", "1").problem(text).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"8,true", "8.0,true", "1e5,true", "100_000,true", "8.5,false", "0,false"})
    void wholeNumbersMayBeWrittenAsPeopleWriteThem(String text, boolean right) {
        assertEquals(right, check(Type.INTEGER, "1", null).problem(text).isEmpty());
    }

    @Test
    void whatIsWrongSaysWhatWouldBeRight() {
        assertEquals(Optional.of("takes a number from 0 to 1"), check(Type.NUMBER, "0", "1").problem("2"));
        assertEquals(Optional.of("takes a whole number from 1"), check(Type.INTEGER, "1", null).problem("none"));
        assertEquals(Optional.of("takes one of adam, sgd"), check(Type.TEXT, null, null, "adam", "sgd").problem("x"));
        assertEquals(Optional.of("takes true or false"), check(Type.BOOLEAN, null, null).problem("yes"));
    }

    @Test
    void theUnitIsFoundInTheDescription() {
        assertEquals(Optional.of("ms"), check(Type.NUMBER, null, null).unit());
    }

    @Test
    void descriptionsAreShownAsTheyAreWritten() {
        var info = new OptionInfo("x", Type.NUMBER, "1", Optional.empty(), Optional.empty(), List.of(), "a < b & c");
        assertTrue(new OptionCheck(info).explanation("1").contains("A &lt; b &amp; c."));
    }
}
