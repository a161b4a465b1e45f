package dev.limber.study.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.study.OnePair;
import dev.limber.study.grid.SearchPlan.Round;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyPlannerTest {

    private static final String BASE = "environments: [Climb-v0]\nalgorithms: [walker]\n";

    @TempDir
    Path folder;

    @Test
    void aGridHasEveryCombination() throws Exception {
        StudyPlan plan = plan(BASE + "options: {lr: [1e-3, 3e-4], gamma: [0.9, 0.99], threads: 2}\nseeds: 0..4,7\n");
        assertEquals(List.of("lr=0.001 gamma=0.9", "lr=0.001 gamma=0.99", "lr=3e-4 gamma=0.9", "lr=3e-4 gamma=0.99"),
                plan.variants().stream().map(each -> each.label().substring("Climb-v0 walker ".length())).toList());
        assertEquals("{lr=0.001, gamma=0.9, threads=2}", plan.variants().getFirst().settings().toString());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 7L), plan.seeds());
        assertEquals(10_000, plan.variants().getFirst().steps(), "the tuning's");
        assertEquals(4 * 6 * 10_000, plan.steps());
    }

    @Test
    void variantsAreToldApartByListedOptionsAndByThoseInWhichTheyDiffer() throws Exception {
        assertEquals(List.of("Climb-v0 walker lr=0.1"), labels(BASE + "options: {lr: [0.1], gamma: 0.9}"));
        assertEquals(List.of("Climb-v0 walker", "Climb-v0 walker gamma=0.5"), labels("""
                environments: [Climb-v0]
                algorithms: [walker, {name: walker, options: {gamma: 0.5}}]
                """));
    }

    private List<String> labels(String text) throws Exception {
        return plan(text).variants().stream().map(Variant::label).toList();
    }

    @Test
    void jsonSaysTheSameAsYaml() throws Exception {
        assertEquals(plan(BASE + "options: {lr: [0.1, 0.2]}\nsteps: 2e4\n"), plan("""
                {"environments": ["Climb-v0"], "algorithms": [{"name": "walker", "options": {"lr": [0.1, 0.2]}}],
                 "steps": 20000}
                """));
    }

    @Test
    void runFoldersDifferWhereWhatRunsDiffers() throws Exception {
        var names = new HashSet<String>();
        for (String options : List.of("", "options: {lr: 0.1}", "options: {lr: 0.2}", "options: {lr: 0.1, gamma: 1}",
                "options: {lr: 0.1}\ncopies: 2", "options: {algorithm.lr: 0.1}", "options: {algorithm.lr: a/b}",
                "options: {algorithm.lr: a_b}")) {
            names.add(plan(BASE + options).variants().getFirst().folder(3));
        }
        assertEquals(8, names.size(), names::toString);
        assertTrue(names.contains("Climb-v0-walker-lr=0.1-seed3"), names::toString);
        assertTrue(names.stream().noneMatch(name -> name.contains("/")), names::toString);
    }

    /// Hyperband's table 1 for s = 4: 81 settings with 1 unit, 27 with 3, 9 with 9, 3 with 27, 1 with 81.
    @Test
    void halvingHasTheRoundsOfHyperbandsBracket() {
        assertEquals(List.of(new Round(81, 1), new Round(27, 3), new Round(9, 9), new Round(3, 27), new Round(1, 81)),
                SearchPlan.halving(81, 3, 81, 0).rounds());
        assertEquals(81 + 27 * 2 + 9 * 6 + 3 * 18 + 54, SearchPlan.halving(81, 3, 81, 0).cost());
    }

    @Test
    void aBudgetIsSpentButNotExceeded() throws Exception {
        String options = "options: {lr: {log-uniform: [1e-5, 1e-1]}}\nseeds: 0..1\nsteps: 900\n";
        Search search = plan(BASE + options + "search: {method: successive-halving, budget: 20000}").searches()
                .getFirst();
        assertTrue(2 * search.plan().cost() <= 20_000);
        assertTrue(2 * SearchPlan.halving(search.settings().size() + 1, 3, 900, 0).cost() > 20_000);
        assertEquals(11, plan(BASE + options + "search: {method: random, budget: 20000}").searches().getFirst()
                .settings().size());
    }

    @Test
    void drawsStayInTheirRangesAndDependOnTheSearchsSeed() throws Exception {
        String text = BASE + "options: {lr: {log-uniform: [1e-5, 1e-1]}, gamma: {uniform: [0.9, 1]}, "
                + "threads: {integer: [1, 3]}}\nsearch: {method: random, settings: 300, seed: %d}\n";
        List<Variant> drawn = plan(text.formatted(1)).searches().getFirst().settings();
        assertEquals(drawn, plan(text.formatted(1)).searches().getFirst().settings());
        assertTrue(!drawn.equals(plan(text.formatted(2)).searches().getFirst().settings()));
        var threads = new HashSet<String>();
        int small = 0;
        for (Variant each : drawn) {
            double lr = Double.parseDouble(each.settings().get("lr"));
            double gamma = Double.parseDouble(each.settings().get("gamma"));
            assertTrue(lr >= 1e-5 && lr <= 1e-1 && gamma >= 0.9 && gamma <= 1);
            threads.add(each.settings().get("threads"));
            small += lr < 1e-3 ? 1 : 0;
        }
        assertEquals(3, threads.size());
        assertEquals(150, small, 30, "half of the draws lie below the geometric middle");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            environment: [Climb-v0]                                | environments
            environments: [Climb-v0]                               | 'algorithms' is missing
            environments: [Climb]\\nalgorithms: [walker]            | there is no 'Climb'
            B options: {lrr: 1}                                    | lrr
            B options: {gamma: [0.9, 1.5]}                         | gamma' takes a number up to 1, not '1.5'
            B options: {gamma: {uniform: [0.9, 1.1]}}\\nsearch: {settings: 1} | gamma' takes a number up to 1, not '1.1'
            B options: {lr: {uniform: [0, 1]}}                     | add 'search'
            B options: {lr: []}                                    | no values
            B options: {lr: {normal: [0, 1]}}\\nsearch: {settings: 3} | log-uniform
            B options: {lr: {log-uniform: [0, 1]}}\\nsearch: {settings: 3} | above 0
            B options: {lr: {uniform: [0, 1]}}\\nsearch: {method: grid} | random or successive-halving
            B options: {lr: {uniform: [0, 1]}}\\nsearch: {method: random} | either 'settings'
            B options: {lr: {uniform: [0, 1]}}\\nsearch: {budget: 5} | does not reach
            B search: {settings: 3}                                | needs an option with a range
            B seeds: 9..0                                          | 0..9
            B steps: many                                          | whole number from 1
            B steps: 1.5                                           | whole number from 1
            B device: tpu                                          | cpu, gpu or auto
            B episodes: 0                                          | from 1
            B options: [lr                                         | line 3 is not YAML
            just words                                             | describes no study
            """)
    void whatIsWrongIsNamedInOneLine(String text, String told) {
        String file = text.replace("\\n", "\n").replaceFirst("^B ", BASE);
        String message = assertThrows(UsageException.class, () -> plan(file)).getMessage();
        assertTrue(message.contains(told) && message.lines().count() == 1, message);
    }

    private StudyPlan plan(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("study.yaml"), text);
        return new StudyPlanner(new OnePair()).plan(StudyFile.read(file));
    }
}
