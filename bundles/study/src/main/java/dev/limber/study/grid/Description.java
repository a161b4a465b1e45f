package dev.limber.study.grid;

import dev.limber.api.plugin.UsageException;
import dev.limber.study.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A part of a study's description, read with messages that name the place.
final class Description {

    private static final int MOST_SEEDS = 10_000;

    private final String where;
    private final Map<?, ?> values;

    /// @param where what to call this part in messages, "" for the whole
    /// @param known the names it may have
    Description(String where, Map<?, ?> values, Set<String> known) {
        this.where = where;
        this.values = values;
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new UsageException("unknown entry '" + path(String.valueOf(key)) + "'; there are "
                        + String.join(", ", known));
            }
        }
    }

    private String path(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    Object get(String name) {
        return values.get(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? scalar(path(name), values.get(name)) : otherwise;
    }

    /// A whole number; `200_000` and `2e5` are numbers too.
    long whole(String name, long least, long otherwise) {
        return has(name) ? whole(path(name), values.get(name), least) : otherwise;
    }

    static long whole(String where, Object value, long least) {
        try {
            long number = new BigDecimal(scalar(where, value).replace("_", "")).longValueExact();
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // told below
        }
        throw new UsageException("'" + where + "' must be a whole number from " + least + ", not '" + value + "'");
    }

    static double number(String where, Object value) {
        try {
            return new BigDecimal(scalar(where, value).replace("_", "")).doubleValue();
        } catch (NumberFormatException e) {
            throw new UsageException("'" + where + "' must be a number, not '" + value + "'");
        }
    }

    static String scalar(String where, Object value) {
        if (value == null || value instanceof Map || value instanceof Iterable) {
            throw new UsageException("'" + where + "' must be one value, not '" + value + "'");
        }
        return value instanceof Double number ? NumberText.shortest(number) : value.toString();
    }

    /// A list, or one value as a list of one.
    List<?> list(String name) {
        Object value = values.get(name);
        List<?> list = value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
        if (list.isEmpty()) {
            throw new UsageException("'" + path(name) + "' is missing or empty");
        }
        return list;
    }

    /// Options: a name to a value, several values, or a range.
    Map<String, Object> options(String name) {
        if (!has(name)) {
            return Map.of();
        }
        if (!(values.get(name) instanceof Map<?, ?> map)) {
            throw new UsageException(
                    "'" + path(name) + "' must hold name: value pairs, not '" + values.get(name) + "'");
        }
        var options = new LinkedHashMap<String, Object>();
        map.forEach((option, value) -> options.put(String.valueOf(option), value));
        return options;
    }

    /// Seeds: `0..9`, a list, or one.
    List<Long> seeds(String name, String otherwise) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (Object part : has(name) ? list(name) : List.of(otherwise)) {
            for (String range : scalar(path(name), part).split(",")) {
                String[] ends = range.strip().split("\\.\\.");
                try {
                    long first = Long.parseLong(ends[0].strip());
                    long last = ends.length == 2 ? Long.parseLong(ends[1].strip()) : first;
                    if (ends.length > 2 || last < first || last - first >= MOST_SEEDS) {
                        throw new NumberFormatException();
                    }
                    for (long seed = first; seed <= last; seed++) {
                        seeds.add(seed);
                    }
                } catch (NumberFormatException e) {
                    throw new UsageException(
                            "'" + path(name) + "' must be seeds like 0..9 or 1,2,3, not '" + range + "'");
                }
            }
        }
        return new ArrayList<>(seeds);
    }
}
