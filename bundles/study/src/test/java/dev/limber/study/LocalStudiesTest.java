package dev.limber.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.study.Comparison;
import dev.limber.api.study.Study;
import dev.limber.api.study.StudyListener;
import dev.limber.api.study.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalStudiesTest {

    @TempDir
    Path folder;

    private final PretendedExperiments experiments = new PretendedExperiments();
    private final LocalStudies studies = new LocalStudies(experiments, new OnePair());

    @Test
    void everyVariantRunsWithEverySeedAndTheResultsAreWritten() throws Exception {
        Study.Result result = run(grid("0.1", "0.001"), "grid");
        assertTrue(result.finished());
        assertEquals(List.of(), result.failures());
        assertEquals(8, experiments.started.size());
        assertEquals(8, experiments.evaluated.size());
        List<String> csv = Files.readAllLines(folder.resolve("grid/results.csv"));
        assertEquals(3, csv.size());
        // lr 0.1: 100 for every seed; 80 is first passed at step 4000, seed s adding s
        assertTrue(csv.get(1).startsWith("Climb-v0,walker,lr=0.1,4,100.0,100.0,100.0,100.0,80.0,4,4000.0,1.0"),
                csv.get(1));
        // lr 0.001: 66.7 + seed, so the mean of seeds 0 to 3 is 68.17, and nobody gets to 80
        assertTrue(csv.get(2).startsWith("Climb-v0,walker,lr=0.001,4,68.16"), csv.get(2));
        assertTrue(csv.get(2).contains(",80.0,0,,"), csv.get(2));
        assertEquals(9, Files.readAllLines(folder.resolve("grid/runs.csv")).size());
        assertEquals(1600, ImageIO.read(folder.resolve("grid/Climb-v0.png").toFile()).getWidth());
        assertTrue(Files.readString(folder.resolve("grid/results.md")).contains("Climb-v0.png"));
    }

    @Test
    void anInterruptedStudyGoesOnWhereItStoppedAndEndsTheSame() throws Exception {
        Study.Result whole = run(grid("0.1", "0.001"), "whole");
        var chunks = new AtomicInteger();
        var running = new CompletableFuture<Study>();
        experiments.started.clear();
        experiments.atEveryChunk = spec -> {
            if (chunks.incrementAndGet() == 35) {
                running.join().stop();
            }
        };
        running.complete(studies.start(spec(grid("0.1", "0.001"), "cut"), StudyListener.NONE));
        Study.Result cut = running.join().await();
        assertFalse(cut.finished());
        experiments.atEveryChunk = spec -> {};
        var first = List.copyOf(experiments.started);
        assertTrue(first.size() < 8, first::toString);
        int evaluations = experiments.evaluated.size();

        Study.Result rest = run(grid("0.1", "0.001"), "cut");
        assertTrue(rest.finished());
        assertEquals(whole.comparison().table(), rest.comparison().table());
        assertArrayEquals(Files.readAllBytes(folder.resolve("whole/Climb-v0.png")),
                Files.readAllBytes(folder.resolve("cut/Climb-v0.png")));
        assertFalse(experiments.resumed.isEmpty());
        assertEquals(8, experiments.started.size(), "nothing was started twice");
        assertEquals(8, new HashSet<>(experiments.started).size());
        assertEquals(16, experiments.evaluated.size(), "nothing was evaluated twice");
        assertTrue(evaluations < 16);
    }

    @Test
    void whatIsFinishedIsNotDoneAgain() throws Exception {
        run(grid("0.1", "0.001"), "twice");
        Study.Result again = run(grid("0.1", "0.001"), "twice");
        assertTrue(again.finished());
        assertEquals(8, experiments.started.size());
        assertEquals(List.of(), experiments.resumed);
        assertEquals(8, experiments.evaluated.size());
    }

    @Test
    void aStudyThatHasGrownRunsOnlyWhatIsNew() throws Exception {
        run(grid("0.1"), "grown");
        run(grid("0.1", "0.01"), "grown");
        assertEquals(8, experiments.started.size());
    }

    @Test
    void aFailedRunIsReportedAndTheOthersGoOn() throws Exception {
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        Study.Result result = studies.start(spec(grid("666", "0.1"), "failing"), new StudyListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        }).await();
        assertTrue(result.finished());
        assertEquals(4, result.failures().size());
        assertTrue(result.failures().getFirst().contains("lr=666 seed 0: the loss is NaN"),
                result.failures()::toString);
        assertEquals(4, notes.stream().filter(note -> note.contains("failed")).count());
        assertTrue(Files.readAllLines(folder.resolve("failing/results.csv")).get(1).contains("lr=0.1,4,100.0"));
    }

    @Test
    void aFolderThatAKilledStartLeftBehindIsNoObstacle() throws Exception {
        Files.createDirectories(folder.resolve("killed/runs/Climb-v0-walker-lr=0.1-seed2/checkpoints"));
        assertEquals(List.of(), run(grid("0.1"), "killed").failures());
    }

    @Test
    void twoProcessesCannotRunOneStudy() throws Exception {
        var second = new AtomicReference<Exception>();
        experiments.atEveryChunk = spec -> second.compareAndSet(null, assertThrows(UsageException.class,
                () -> studies.start(spec(grid("0.1"), "held"), StudyListener.NONE)));
        run(grid("0.1"), "held");
        assertTrue(second.get().getMessage().contains("is running already"), second.get().getMessage());
    }

    @Test
    void successiveHalvingFindsTheBestSettingWithAFractionOfTheSteps() throws Exception {
        Map<String, Object> search = new LinkedHashMap<>(grid());
        search.put("options", Map.of("lr", Map.of("log-uniform", List.of(1e-4, 0.1))));
        search.put("search", Map.of("settings", 9, "factor", 3));
        search.put("steps", 4500);
        search.put("seeds", "0..1");
        Study.Result result = run(search, "search");
        assertTrue(result.finished());
        assertEquals(18, experiments.started.size());
        assertEquals(6 + 2, experiments.resumed.size(), "three settings go on, then one, each with two seeds");
        double[] lrs = experiments.started.stream()
                .mapToDouble(name -> Double.parseDouble(name.replaceAll(".*lr=(.*)-seed.*", "$1"))).toArray();
        String best = NumberText.shortest(Arrays.stream(lrs).max().orElseThrow());
        String table = result.comparison().table();
        assertTrue(table.contains("./limber train Climb-v0 walker --set lr=" + best + " --steps 4500 --seed 0"), table);
        assertTrue(table.lines().skip(2).findFirst().orElseThrow().contains("lr=" + best + " steps=4500"), table);

        run(search, "search");
        assertEquals(18, experiments.started.size(), "a finished search does nothing again");
        assertEquals(8, experiments.resumed.size());
    }

    @Test
    void comparedRunsAreGroupedByTheOptionsInWhichTheyDiffer() throws Exception {
        run(grid("0.1", "0.001"), "compared");
        Comparison comparison = studies.compare(List.of(folder.resolve("compared")), 100, Optional.empty());
        assertEquals(8, experiments.evaluated.size(), "evaluations are kept");
        List<String> rows = comparison.table().lines().filter(line -> line.contains("walker")).toList();
        assertEquals(2, rows.size());
        assertTrue(rows.get(0).contains("lr=0.001 |     4 |") && rows.get(1).contains("lr=0.1   |     4 | 100.0 |"),
                comparison.table());
        assertEquals(List.of(), comparison.files());

        Path one = folder.resolve("compared/runs/Climb-v0-walker-lr=0.1-seed1");
        Comparison single = studies.compare(List.of(one), 20, Optional.of(folder.resolve("out")));
        assertFalse(single.table().contains("options"), "a single group differs in nothing");
        assertTrue(Files.exists(folder.resolve("out/Climb-v0.png")));
        assertThrows(UsageException.class,
                () -> studies.compare(List.of(folder.resolve("none")), 20, Optional.empty()));
    }

    private Study.Result run(Map<String, Object> description, String name) throws InterruptedException {
        return studies.start(spec(description, name), StudyListener.NONE).await();
    }

    private StudySpec spec(Map<String, Object> description, String name) {
        return new StudySpec(description, folder.resolve(name), 2);
    }

    private static Map<String, Object> grid(String... rates) {
        return Map.of("environments", "Climb-v0", "algorithms", "walker", "seeds", "0..3", "options",
                Map.of("lr", List.of(rates)));
    }
}
