package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressViewTest {

    private static final Status HALF = new Status(Phase.RUNNING, 50_000, 100_000, 300, 123.45, 10, 5000);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 53, 60, 80, 200})
    void theBarNeverWraps(int columns) {
        view(columns, false).progress(HALF);
        String drawn = text().replace("\r\u001b[K", "");
        assertFalse(drawn.contains("\n"));
        assertTrue(drawn.length() < columns, drawn);
    }

    @Test
    void theBarTellsRateReturnAndTimeLeft() {
        view(80, false).progress(HALF);
        assertTrue(text().contains("50 %  50,000 steps  5,000/s  return 123.5  0:10 left"), text());
    }

    @Test
    void withoutColourNothingButTheLineIsErased() {
        view(80, false).progress(HALF);
        assertFalse(text().replace("\u001b[K", "").contains("\u001b"), text());
    }

    @Test
    void notesStandAboveTheBar() {
        var view = view(80, false);
        view.progress(HALF);
        view.note("swapped");
        view.finish();
        String[] lines = text().split("\n");
        assertTrue(lines[0].endsWith("swapped"), text());
        assertTrue(lines[1].contains("return"), text());
        assertEquals(2, lines.length);
    }

    @Test
    void nothingIsDrawnAfterTheEnd() {
        var view = view(80, true);
        view.progress(HALF);
        view.finish();
        String before = text();
        view.progress(HALF);
        assertEquals(before, text());
    }

    private ProgressView view(int columns, boolean colour) {
        var printer = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ProgressView(new Terminal(printer, printer, true, true, colour, columns, "./limber"), false);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
