package dev.limber.study.grid;

import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Makes a plan of a description, and says what is wrong with it before anything runs.
public final class StudyPlanner {

    private static final Set<String> KNOWN = known("environments", "algorithms", "options", "seeds", "steps", "copies",
            "device", "episodes", "search");
    private static final Set<String> PART = known("name", "options", "steps", "copies");
    private static final Set<String> SEARCH = known("method", "settings", "factor", "budget", "seed");
    private static final String GRID_SEEDS = "0..9";
    private static final String SEARCH_SEEDS = "0..2";
    private static final int EPISODES = 100;
    private static final int MOST_VARIANTS = 10_000;

    private final Catalog catalog;

    /// @param catalog what is installed
    public StudyPlanner(Catalog catalog) {
        this.catalog = catalog;
    }

    private static Set<String> known(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    /// The plan.
    ///
    /// @throws UsageException naming the entry that cannot be
    public StudyPlan plan(Map<String, Object> description) {
        var whole = new Description("", description, KNOWN);
        List<Long> seeds = whole.seeds("seeds", whole.has("search") ? SEARCH_SEEDS : GRID_SEEDS);
        List<Variant> variants = new ArrayList<>();
        List<Search> searches = new ArrayList<>();
        for (Description environment : parts(whole, "environments")) {
            for (Description algorithm : parts(whole, "algorithms")) {
                Pair pair = pair(whole, environment, algorithm);
                if (whole.has("search")) {
                    SearchPlan search = search(whole, pair, seeds.size());
                    searches.add(new Search(search, pair.drawn(search)));
                } else {
                    variants.addAll(pair.grid());
                }
            }
        }
        Device device;
        try {
            device = Device.valueOf(whole.text("device", "cpu").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("'device' must be cpu, gpu or auto, not '" + whole.get("device") + "'");
        }
        int episodes = (int) Math.min(Integer.MAX_VALUE, whole.whole("episodes", 1, EPISODES));
        return new StudyPlan(variants, searches, seeds, device, episodes);
    }

    private static List<Description> parts(Description whole, String name) {
        List<Description> parts = new ArrayList<>();
        for (Object part : whole.list(name)) {
            Map<?, ?> map = part instanceof Map<?, ?> values
                    ? values
                    : Map.of("name", Description.scalar(name, part));
            var description = new Description(name, map, PART);
            if (!description.has("name")) {
                throw new UsageException("an entry of '" + name + "' has no name");
            }
            parts.add(description);
        }
        return parts;
    }

    private Pair pair(Description whole, Description environment, Description algorithm) {
        String environmentName = environment.text("name", "");
        String algorithmName = algorithm.text("name", "");
        var options = new LinkedHashMap<String, Object>(whole.options("options"));
        options.putAll(environment.options("options"));
        options.putAll(algorithm.options("options"));
        checkNames(environmentName, algorithmName, options.keySet());
        Tuning tuning = catalog.tuning(algorithmName, environmentName, settings(environmentName, options));
        long steps = algorithm.whole("steps", 1, environment.whole("steps", 1, whole.whole("steps", 1, 0)));
        if (steps == 0) {
            steps = tuning.steps().orElseThrow(() -> new UsageException("how many steps " + algorithmName + " takes in "
                    + environmentName + " is not known; add 'steps'"));
        }
        long copies = algorithm.whole("copies", 1, environment.whole("copies", 1, whole.whole("copies", 1, 0)));
        return new Pair(environmentName, algorithmName, options, steps,
                copies == 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(copies)));
    }

    /// What of the environment's options is not searched, as the tuning depends on them.
    private Map<String, String> settings(String environment, Map<String, Object> options) {
        var settings = new LinkedHashMap<String, String>();
        for (OptionInfo option : catalog.plugin(PluginKind.ENVIRONMENTS, environment).options()) {
            if (options.get(option.name()) instanceof Object value && !(value instanceof Collection<?>)
                    && !(value instanceof Map<?, ?>)) {
                settings.put(option.name(), value.toString());
            }
        }
        return settings;
    }

    /// Options by their short names must be somebody's; how values fit is said when an experiment starts.
    private void checkNames(String environment, String algorithm, Set<String> names) {
        Set<String> all = new TreeSet<>();
        catalog.plugin(PluginKind.ALGORITHMS, algorithm).options().stream().map(OptionInfo::name).forEach(all::add);
        catalog.plugin(PluginKind.ENVIRONMENTS, environment).options().stream().map(OptionInfo::name).forEach(all::add);
        catalog.runnerOptions().stream().map(OptionInfo::name).forEach(all::add);
        for (String name : names) {
            if (name.indexOf('.') < 0 && !all.contains(name)) {
                throw new UsageException("unknown option '" + name + "' of " + algorithm + ", " + environment
                        + " and the runner; there are " + String.join(", ", all));
            }
        }
    }

    private static SearchPlan search(Description whole, Pair pair, int seeds) {
        if (!(whole.get("search") instanceof Map<?, ?> map)) {
            throw new UsageException("'search' must hold 'method' and 'settings' or 'budget'");
        }
        var search = new Description("search", map, SEARCH);
        String method = search.text("method", "successive-halving");
        if (!method.equals("random") && !method.equals("successive-halving")) {
            throw new UsageException("'search.method' must be random or successive-halving, not '" + method + "'");
        }
        boolean random = method.equals("random");
        if (random && search.has("factor")) {
            throw new UsageException("'search.factor' belongs to successive-halving; random search has none");
        }
        int factor = (int) search.whole("factor", 2, 3);
        long seed = search.whole("seed", 0, 0);
        if (search.has("settings") == search.has("budget")) {
            throw new UsageException("'search' takes either 'settings' (how many) or 'budget' (steps of all runs)");
        }
        if (search.has("settings")) {
            int settings = (int) Math.min(MOST_VARIANTS, search.whole("settings", 1, 1));
            return random
                    ? SearchPlan.random(settings, pair.steps(), seed)
                    : SearchPlan.halving(settings, factor, pair.steps(), seed);
        }
        long budget = search.whole("budget", 1, 1) / seeds;
        int settings = 0;
        while (settings < MOST_VARIANTS && cost(random, settings + 1, factor, pair.steps(), seed) <= budget) {
            settings++;
        }
        if (settings == 0) {
            throw new UsageException("'search.budget' does not reach for one setting, which takes "
                    + pair.steps() * seeds + " steps");
        }
        return random
                ? SearchPlan.random(settings, pair.steps(), seed)
                : SearchPlan.halving(settings, factor, pair.steps(), seed);
    }

    private static long cost(boolean random, int settings, int factor, long steps, long seed) {
        return random ? settings * steps : SearchPlan.halving(settings, factor, steps, seed).cost();
    }

    /// One environment with one algorithm.
    private record Pair(String environment, String algorithm, Map<String, Object> options, long steps,
            OptionalInt copies) {

        List<Variant> grid() {
            List<Map<String, String>> rows = new ArrayList<>(List.of(Map.of()));
            var varied = new LinkedHashSet<String>();
            options.forEach((name, value) -> {
                if (value instanceof Map) {
                    throw new UsageException("option '" + name + "' has a range; add 'search', or list its values");
                }
                List<?> values = value instanceof List<?> several ? several : List.of(Description.scalar(name, value));
                if (values.isEmpty()) {
                    throw new UsageException("option '" + name + "' has no values");
                }
                if (values.size() > 1) {
                    varied.add(name);
                }
                if ((long) rows.size() * values.size() > MOST_VARIANTS) {
                    throw new UsageException("the grid has more than " + MOST_VARIANTS + " variants");
                }
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> row : rows) {
                    for (Object each : values) {
                        var extended = new LinkedHashMap<>(row);
                        extended.put(name, Description.scalar(name, each));
                        longer.add(extended);
                    }
                }
                rows.clear();
                rows.addAll(longer);
            });
            return rows.stream().distinct().map(row -> variant(row, varied)).toList();
        }

        List<Variant> drawn(SearchPlan search) {
            var ranges = new LinkedHashMap<String, Range>();
            options.forEach((name, value) -> range(name, value, ranges));
            if (ranges.isEmpty()) {
                throw new UsageException(
                        "a search needs an option with a range, as in lr: {log-uniform: [1e-4, 1e-2]}");
            }
            var random = new SeededRandom(search.seed());
            Set<Variant> drawn = new LinkedHashSet<>();
            int wanted = search.rounds().getFirst().settings();
            for (int tries = 0; drawn.size() < wanted; tries++) {
                if (tries > 100 * wanted) {
                    throw new UsageException("the ranges hold no " + wanted + " different settings; ask for fewer");
                }
                var row = new LinkedHashMap<String, String>();
                options.forEach((name, value) -> row.put(name,
                        ranges.containsKey(name) ? ranges.get(name).draw(random) : Description.scalar(name, value)));
                drawn.add(variant(row, ranges.keySet()));
            }
            return List.copyOf(drawn);
        }

        private static void range(String name, Object value, Map<String, Range> ranges) {
            if (value instanceof List<?> list) {
                ranges.put(name, new Range.Choice(list.stream().map(each -> Description.scalar(name, each)).toList()));
                return;
            }
            if (!(value instanceof Map<?, ?> map)) {
                return;
            }
            if (map.size() != 1 || !(map.values().iterator().next() instanceof List<?> ends) || ends.isEmpty()) {
                throw wrongRange(name);
            }
            String kind = String.valueOf(map.keySet().iterator().next());
            if (kind.equals("choices")) {
                ranges.put(name, new Range.Choice(ends.stream().map(each -> Description.scalar(name, each)).toList()));
                return;
            }
            if (ends.size() != 2) {
                throw wrongRange(name);
            }
            double low = Description.number(name, ends.get(0));
            double high = Description.number(name, ends.get(1));
            if (!(low < high) || kind.equals("log-uniform") && low <= 0) {
                throw new UsageException("option '" + name + "': the range must rise"
                        + (kind.equals("log-uniform") ? " and be above 0" : "") + ", not " + ends);
            }
            ranges.put(name, switch (kind) {
                case "uniform" -> new Range.Uniform(low, high);
                case "log-uniform" -> new Range.LogUniform(low, high);
                case "integer" -> new Range.Whole(Description.whole(name, ends.get(0), Long.MIN_VALUE),
                        Description.whole(name, ends.get(1), Long.MIN_VALUE));
                default -> throw wrongRange(name);
            });
        }

        private static UsageException wrongRange(String name) {
            return new UsageException(
                    "option '" + name + "': a range is uniform: [low, high], log-uniform: [low, high], "
                            + "integer: [low, high] or choices: [a, b, ...]");
        }

        private Variant variant(Map<String, String> settings, Set<String> names) {
            var varied = new LinkedHashMap<>(settings);
            varied.keySet().retainAll(names);
            return new Variant(environment, algorithm, new LinkedHashMap<>(settings), varied, steps, copies);
        }
    }
}
