package dev.limber.launcher.gui.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.gui.MetricTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTailTest {

    @TempDir
    Path run;

    private void append(String text) throws IOException {
        Files.writeString(run.resolve("metrics.csv"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void rowsAreAddedAndEarlierTablesStayAsTheyWere() throws IOException {
        var tail = new MetricTail(run);
        assertEquals(Optional.empty(), tail.read());
        append("step,seconds,loss\n1,0.5,0.25\n");
        MetricTable first = tail.read().orElseThrow();
        append("2,1.0,\n3,1.5,0.125\n");
        MetricTable second = tail.read().orElseThrow();
        assertEquals(Optional.empty(), tail.read());
        assertArrayEquals(new double[] {0.25}, first.column("loss"));
        assertArrayEquals(new double[] {0.25, Double.NaN, 0.125}, second.column("loss"));
        assertArrayEquals(new double[] {1, 2, 3}, second.column("step"));
        assertEquals(List.of("loss"), second.names());
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN}, second.column("unknown"));
    }

    @Test
    void aColumnThatAppearsLaterIsReadFromTheFirstRowOn() throws IOException {
        var tail = new MetricTail(run);
        append("step,seconds,loss\n1,0.5,0.25\n");
        tail.read();
        Path other = Files.writeString(run.resolve("new"), "step,seconds,loss,entropy\n1,0.5,0.25,\n2,1,0.1,0.7\n");
        Files.move(other, run.resolve("metrics.csv"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertArrayEquals(new double[] {Double.NaN, 0.7}, tail.read().orElseThrow().column("entropy"));
    }

    @Test
    void moreRowsThanTheFirstArraysHoldAreKept() throws IOException {
        var tail = new MetricTail(run);
        var text = new StringBuilder("step,seconds\n");
        for (int row = 0; row < 5_000; row++) {
            text.append(row).append(',').append(row / 10.0).append('\n');
        }
        append(text.toString());
        double[] steps = tail.read().orElseThrow().column("step");
        assertEquals(5_000, steps.length);
        assertEquals(4_999, steps[4_999]);
        assertEquals(1_024, steps[1_024]);
    }
}
