package dev.limber.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path temporary;

    private static List<String> events(Path file) throws Exception {
        return Files.readAllLines(file).stream().map(line -> line.replaceFirst(".*\"event\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void anInterruptedThreadWritesItsLineAndLeavesTheJournalOpen() throws Exception {
        Path file = temporary.resolve("journal.jsonl");
        try (var journal = new Journal(file)) {
            journal.add(1, "before", Map.of());
            Thread.currentThread().interrupt();
            journal.add(2, "interrupted", Map.of());
            assertTrue(Thread.interrupted());
            journal.add(3, "after", Map.of());
        }
        assertEquals(List.of("before", "interrupted", "after"), events(file));
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenGoes() throws Exception {
        Path file = temporary.resolve("journal.jsonl");
        try (var journal = new Journal(file)) {
            journal.add(1, "whole", Map.of());
        }
        Files.writeString(file, "{\"time\":\"2026", StandardOpenOption.APPEND);
        try (var journal = new Journal(file)) {
            journal.add(2, "next", Map.of());
        }
        assertEquals(List.of("whole", "next"), events(file));
    }
}
