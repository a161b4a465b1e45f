package dev.limber.study.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.study.runs.RunFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    private static final int SOLVED = 7;

    private static ScoredRun run(OptionalDouble threshold, long stepsToThreshold) {
        return new ScoredRun(new RunFolder(Path.of("run"), "Climb-v0", "walker", new LinkedHashMap<>(), 1, 1000, 1000,
                threshold, stepsToThreshold, 1, Optional.empty()), 90);
    }

    private static String solved(ScoredRun... runs) {
        String row = ResultTable.markdown(RunGroups.of(List.of(runs)), 10).lines().toList().get(2);
        return Arrays.stream(row.split("\\|")).map(String::strip).toList().get(SOLVED);
    }

    @Test
    void runsAreSolvedByTheThresholdThatTheyAgreeOn() {
        var eighty = OptionalDouble.of(80);
        assertEquals("1/2", solved(run(eighty, 500), run(eighty, -1)));
        assertEquals("-", solved(run(OptionalDouble.empty(), -1)));
        assertEquals("-", solved(run(eighty, 500), run(OptionalDouble.empty(), -1)));
    }
}
