package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.distribution.LimberProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the author of a plug-in does: make a project, build it with Maven, change it while an experiment trains.
@Timeout(900)
class AuthorIT {

    private static final Path ROOT = Path.of(System.getProperty("limber.root"));
    private static final String TERM = "reward/stay-centred";
    private static final double CHANGED = 7;

    @TempDir
    Path folder;

    @Test
    void projectsAndExamplesAreBuiltAndTakeOverInARunningExperiment() throws Exception {
        Path plugins = folder.resolve("deploy");
        Path work = Files.createDirectories(LimberProcess.work(folder));
        for (String project : List.of("environment SlipperyTrack", "algorithm HillClimbing", "reward StayCentred")) {
            Outcome made = LimberProcess.run(folder, plugins, ("new " + project).split(" "));
            assertEquals("0 ", made.code() + " " + made.err());
        }
        Path first = work.resolve("stay-centred");
        Path changed = changed(first, work.resolve("changed"));
        build(work.resolve("slippery-track"), work.resolve("hill-climbing"), first, changed,
                ROOT.resolve("examples/gantry-crane"), ROOT.resolve("examples/annealed-a2c"));

        Files.createDirectory(plugins);
        for (Path jar : List.of(first.resolve("target/stay-centred.jar"),
                work.resolve("slippery-track/target/slippery-track.jar"),
                work.resolve("hill-climbing/target/hill-climbing.jar"),
                ROOT.resolve("examples/gantry-crane/target/gantry-crane.jar"))) {
            Files.copy(jar, plugins.resolve(jar.getFileName()));
        }
        Outcome trained = LimberProcess.run(folder, plugins, "train", "slippery-track", "hill-climbing", "--steps",
                "4000");
        assertEquals("0 ", trained.code() + " " + trained.err());
        Outcome crane = LimberProcess.run(folder, plugins, "train", "gantry-crane", "a2c", "--steps", "2000", "--set",
                "rewards=swing");
        assertEquals("0 ", crane.code() + " " + crane.err());

        Path run = work.resolve("run");
        Process training = LimberProcess.start(folder.resolve("training"), plugins, "train", "CartPole-v1", "a2c",
                "--steps", "1e12", "--set", "rewards=stay-centred", "--run", run.toString());
        try {
            await(training, () -> rows(run).size() > 2);
            deploy(plugins, changed.resolve("target/stay-centred.jar"));
            await(training, () -> value(rows(run).getLast()) == CHANGED);
            deploy(plugins, ROOT.resolve("examples/annealed-a2c/target/annealed-a2c.jar"));
            await(training, () -> rows(run).getLast().containsKey("policy/entropy-weight"));
        } finally {
            training.destroy();
            assertTrue(training.waitFor(60, TimeUnit.SECONDS));
        }
        requireTakenOverAtOnce(run, plugins.resolve("stay-centred.jar"));
        Outcome story = LimberProcess.run(folder, plugins, "explain", run.toString());
        for (String part : List.of("com.example.staycentred", "com.example.annealeda2c")) {
            assertTrue(story.out().contains(part), story::toString);
        }
    }

    /// By the times of the file, the journal and the metrics themselves.
    private static void requireTakenOverAtOnce(Path run, Path jar) throws IOException {
        Map<String, Object> swap = journal(run).stream().filter(event -> "swapped".equals(event.get("event")))
                .findFirst().orElseThrow();
        Instant arrived = Files.getLastModifiedTime(jar).toInstant();
        Duration took = Duration.between(arrived, Instant.parse(swap.get("time").toString()));
        // No measurement, which benchmarks/RewardChange.java is: other work may run beside this.
        assertFalse(took.isNegative() || took.toSeconds() >= 10, took::toString);
        long step = ((Number) swap.get("step")).longValue();
        List<Map<String, String>> after = rows(run).stream().filter(row -> Long.parseLong(row.get("step")) > step)
                .toList();
        // The row in which it happened has some of both; each one after it has nothing but the changed term.
        assertNotEquals(0, value(after.getFirst()));
        for (Map<String, String> row : after.subList(1, after.size())) {
            assertEquals(CHANGED, value(row), row::toString);
        }
    }

    private static double value(Map<String, String> row) {
        return Double.parseDouble(row.get(TERM));
    }

    /// A copy of the reward's project with another formula, which is a newer version.
    private static Path changed(Path project, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(project.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.endsWith("pom.xml")) {
                    replace(file, target, "<version>1.0.0-SNAPSHOT</version>", "<version>1.1.0-SNAPSHOT</version>");
                } else if (file.endsWith("StayCentred.java")) {
                    replace(file, target, "Math.exp(-x * x)", Double.toString(CHANGED));
                } else if (!file.endsWith("StayCentredTest.java")) { // the changed one is as high everywhere
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private static void replace(Path from, Path to, String old, String anew) throws IOException {
        String text = Files.readString(from);
        assertTrue(text.contains(old), () -> old + " is not in " + from);
        Files.writeString(to, text.replace(old, anew));
    }

    /// Builds them all, tests included, in one go, from what building Limber has put into the local repository.
    private void build(Path... projects) throws Exception {
        Path all = Files.createDirectory(folder.resolve("all"));
        String modules = Stream.of(projects).map(project -> "<module>" + all.relativize(project) + "</module>")
                .reduce("", String::concat);
        Files.writeString(all.resolve("pom.xml"), "<project><modelVersion>4.0.0</modelVersion><groupId>all</groupId>"
                + "<artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules>" + modules
                + "</modules></project>");
        Path log = folder.resolve("maven.log");
        var maven = new ProcessBuilder(System.getProperty("limber.maven") + "/bin/mvn", "-B", "-q", "-o",
                "-Daether.offline.protocols=file", "package", "-f", all.toString()).redirectErrorStream(true)
                        .redirectOutput(log.toFile()).start();
        try {
            assertTrue(maven.waitFor(10, TimeUnit.MINUTES), () -> "the build does not end");
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        assertEquals(0, maven.exitValue(), Files.readString(log));
    }

    private void deploy(Path plugins, Path jar) throws Exception {
        Outcome deployed = LimberProcess.run(folder, plugins, "deploy", jar.toString());
        assertEquals("0 ", deployed.code() + " " + deployed.err());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Process process, Condition condition) throws IOException {
        while (!condition.holds()) {
            assertTrue(process.isAlive(), () -> "the training has ended");
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static List<Map<String, Object>> journal(Path run) throws IOException {
        var events = new ArrayList<Map<String, Object>>();
        for (String line : Files.readAllLines(run.resolve("journal.jsonl"))) {
            events.add(JSON.std.mapFrom(line));
        }
        return events;
    }

    /// The whole rows of the metrics, by column.
    private static List<Map<String, String>> rows(Path run) throws IOException {
        Path file = run.resolve("metrics.csv");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        var rows = new ArrayList<Map<String, String>>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = lines.getFirst().split(",");
            String[] cells = line.split(",", -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < cells.length && cells.length == columns.length; i++) {
                if (!cells[i].isEmpty()) {
                    row.put(columns[i], cells[i]);
                }
            }
            if (row.containsKey(TERM)) {
                rows.add(row);
            }
        }
        return rows;
    }
}
