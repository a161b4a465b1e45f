package dev.limber.study.table;

import dev.limber.study.runs.RunFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Sorts runs into groups that differ in their seeds alone.
public final class RunGroups {

    /// How a run is watched and on how many threads it is stepped changes nothing in what it learns.
    private static final Set<String> WATCHING = Set.of("runner.threads", "runner.checkpointSeconds",
            "runner.keepCheckpoints", "runner.logSteps", "runner.evaluateSteps", "runner.evaluateEpisodes");

    private RunGroups() {}

    /// Groups runs by environment, algorithm, options and steps, in the order they come.
    public static List<Group> of(List<ScoredRun> runs) {
        Map<List<String>, List<ScoredRun>> pairs = runs.stream().collect(Collectors.groupingBy(
                each -> List.of(each.run().environment(), each.run().algorithm()), LinkedHashMap::new,
                Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        pairs.values().forEach(each -> groups.addAll(split(each)));
        return groups;
    }

    private static List<Group> split(List<ScoredRun> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(each -> names.addAll(options(each.run()).keySet()));
        names.removeIf(name -> runs.stream().map(each -> options(each.run()).get(name)).distinct().count() == 1);
        Map<Map<String, String>, List<ScoredRun>> parts = runs.stream().collect(Collectors.groupingBy(each -> {
            var differing = new LinkedHashMap<String, String>();
            names.forEach(name -> {
                String value = options(each.run()).get(name);
                if (Objects.nonNull(value)) {
                    differing.put(name.startsWith("algorithm.") ? name.substring("algorithm.".length()) : name, value);
                }
            });
            return differing;
        }, LinkedHashMap::new, Collectors.toList()));
        RunFolder first = runs.getFirst().run();
        return parts.entrySet().stream().map(part -> new Group(first.environment(), first.algorithm(),
                new LinkedHashMap<>(part.getKey()), part.getValue())).toList();
    }

    private static Map<String, String> options(RunFolder run) {
        var options = new LinkedHashMap<>(run.options());
        options.keySet().removeAll(WATCHING);
        options.put("steps", Long.toString(run.steps()));
        return options;
    }
}
