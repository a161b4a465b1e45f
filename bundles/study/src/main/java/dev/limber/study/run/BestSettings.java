package dev.limber.study.run;

import dev.limber.study.grid.Search;
import dev.limber.study.grid.Variant;
import dev.limber.study.table.Group;
import java.util.List;
import java.util.Locale;

/// Says which settings a search found, and how to repeat them.
final class BestSettings {

    /// Seeds for checking: none that the search has seen.
    private static final int FRESH_SEEDS = 10;

    private BestSettings() {}

    /// A section of Markdown.
    ///
    /// @param best the group that won
    static String markdown(Search search, Group best, List<Long> seeds) {
        long steps = search.plan().rounds().getLast().steps();
        Variant variant = search.settings().stream()
                .filter(each -> each.varied().entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(best.options().get(entry.getKey()))))
                .findFirst().orElseThrow();
        long fresh = seeds.stream().mapToLong(Long::longValue).max().orElseThrow() + 1;
        return String.format(Locale.ROOT, """
                Best settings of %s in %s, of %d tried: %s; score %.1f. Being the best of many, the score is better than
                it should be: check it with seeds that the search has not seen.

                    ./limber train %s --seed %d
                    ./limber study %s --seeds %d..%d

                """, best.algorithm(), best.environment(), search.settings().size(), text(variant),
                best.interquartileMean().estimate(), command(variant, steps), seeds.getFirst(), command(variant, steps),
                fresh, fresh + FRESH_SEEDS - 1);
    }

    private static String text(Variant variant) {
        return String.join(" ", variant.varied().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
    }

    private static String command(Variant variant, long steps) {
        var command = new StringBuilder(variant.environment()).append(' ').append(variant.algorithm());
        variant.settings().forEach((name, value) -> {
            String setting = name + "=" + value;
            command.append(" --set ").append(setting.matches("[\\w@%+=:,./-]+")
                    ? setting
                    : "'" + setting.replace("'", "'\\''") + "'");
        });
        command.append(" --steps ").append(steps);
        variant.copies().ifPresent(copies -> command.append(" --copies ").append(copies));
        return command.toString();
    }
}
