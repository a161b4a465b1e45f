package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.distribution.LimberProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Studies as real processes, with the real runner and a real algorithm.
@Timeout(300)
class StudyIT {

    private static final String STUDY = """
            environments: [CartPole-v1]
            algorithms: [a2c]
            options: {lr: [1e-3, 3e-3]}
            seeds: 0..2
            steps: 30000
            episodes: 10
            """;

    @TempDir
    Path folder;

    @Test
    void anInterruptedStudyEndsWithTheScoresOfOneThatWentThrough() throws Exception {
        Path work = Files.createDirectories(LimberProcess.work(folder));
        Files.writeString(work.resolve("lr.yaml"), STUDY);
        Outcome whole = LimberProcess.run(folder, "study", "lr.yaml", "--out", "whole");
        assertEquals(0, whole.code(), whole::toString);
        assertEquals(1600, ImageIO.read(work.resolve("whole/CartPole-v1.png").toFile()).getWidth());

        Outcome cut = LimberProcess.interrupt(folder, "INT", "CartPole-v1 a2c lr=0.001 seed 0", "study", "lr.yaml",
                "--out", "cut");
        assertEquals(130, cut.code(), cut::toString);
        Outcome rest = LimberProcess.run(folder, "study", "cut");
        assertEquals(0, rest.code(), rest::toString);
        assertEquals(scores(work.resolve("whole")), scores(work.resolve("cut")));

        Outcome compared = LimberProcess.run(folder, "compare", "cut", "--episodes", "10");
        assertEquals(2, compared.out().lines().filter(line -> line.contains("|     3 |")).count(), compared::toString);
    }

    @Test
    void aSearchNamesItsBestSettings() throws Exception {
        Path work = Files.createDirectories(LimberProcess.work(folder));
        Files.writeString(work.resolve("search.yaml"), """
                environments: [CartPole-v1]
                algorithms: [a2c]
                options: {lr: {log-uniform: [1e-4, 1e-2]}}
                seeds: 0
                steps: 8000
                episodes: 5
                search: {method: successive-halving, settings: 4, factor: 2}
                """);
        Outcome outcome = LimberProcess.run(folder, "study", "search.yaml");
        assertEquals(0, outcome.code(), outcome::toString);
        assertTrue(outcome.out().contains("limber train CartPole-v1 a2c --set lr="), outcome::toString);
    }

    /// Everything but times.
    private static List<String> scores(Path study) throws IOException {
        return Files.readAllLines(study.resolve("results.csv")).stream()
                .map(line -> line.substring(0, line.lastIndexOf(','))).toList();
    }
}
