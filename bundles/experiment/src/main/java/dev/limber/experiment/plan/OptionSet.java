package dev.limber.experiment.plan;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.catalog.NearestNames;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The options of one owner with their values, and where each value came from. Not thread-safe.
public final class OptionSet {

    /// Where a value came from.
    public enum Source {
        /// The plug-in's default.
        DEFAULT,
        /// The algorithm's tuning for the environment.
        TUNING,
        /// The user.
        USER
    }

    /// A value.
    ///
    /// @param value Boolean, Long, Double or String
    /// @param source where it came from
    public record Value(Object value, Source source) {}

    private final String owner;
    private final Map<String, OptionInfo> declared = new LinkedHashMap<>();
    private final Map<String, Value> values = new LinkedHashMap<>();

    /// Options at their defaults.
    ///
    /// @param owner whose they are, for messages
    public OptionSet(String owner, List<OptionInfo> options) {
        this.owner = owner;
        for (OptionInfo option : options) {
            declared.put(option.name(), option);
            if (!option.defaultValue().isEmpty() || option.type() == OptionInfo.Type.TEXT) {
                values.put(option.name(), new Value(parse(option, option.defaultValue()), Source.DEFAULT));
            }
        }
    }

    /// Whose they are.
    public String owner() {
        return owner;
    }

    /// The names of the options.
    public List<String> names() {
        return List.copyOf(declared.keySet());
    }

    /// True where there is an option of that name.
    public boolean has(String name) {
        return declared.containsKey(name);
    }

    /// Sets an option.
    ///
    /// @throws UsageException where there is no such option or it does not take such a value
    public void set(String name, String text, Source source) {
        OptionInfo option = declared.get(name);
        if (option == null) {
            throw NearestNames.unknown("option '" + name + "' of " + owner, name, "Options", declared.keySet());
        }
        values.put(name, new Value(parse(option, text), source));
    }

    /// All values, defaults included.
    public Map<String, Value> values() {
        return Collections.unmodifiableMap(values);
    }

    /// The values that are not defaults, as plug-ins take them.
    public Options options() {
        var set = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> {
            if (value.source() != Source.DEFAULT) {
                set.put(name, value.value());
            }
        });
        return Options.of(set);
    }

    private Object parse(OptionInfo option, String text) {
        String trimmed = text.strip();
        return switch (option.type()) {
            case BOOLEAN -> switch (trimmed) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refuse(option, "true or false", text);
            };
            case INTEGER -> {
                BigDecimal number = number(option, trimmed, "a whole number");
                try {
                    yield number.longValueExact();
                } catch (ArithmeticException e) {
                    throw refuse(option, "a whole number", text);
                }
            }
            case NUMBER -> number(option, trimmed, "a number").doubleValue();
            case TEXT -> {
                if (!option.choices().isEmpty() && !option.choices().contains(trimmed)) {
                    throw refuse(option, "one of " + String.join(", ", option.choices()), text);
                }
                yield trimmed;
            }
        };
    }

    private BigDecimal number(OptionInfo option, String text, String kind) {
        BigDecimal number;
        try {
            number = new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw refuse(option, kind + range(option), text);
        }
        if (option.minimum().filter(low -> number.compareTo(new BigDecimal(low)) < 0).isPresent()
                || option.maximum().filter(high -> number.compareTo(new BigDecimal(high)) > 0).isPresent()
                || Double.isInfinite(number.doubleValue())) {
            throw refuse(option, kind + range(option), text);
        }
        return number;
    }

    private static String range(OptionInfo option) {
        String low = option.minimum().map(bound -> " from " + bound).orElse("");
        return low + option.maximum().map(bound -> (low.isEmpty() ? " up" : "") + " to " + bound).orElse("");
    }

    private UsageException refuse(OptionInfo option, String wanted, String text) {
        return new UsageException(
                "option '" + option.name() + "' of " + owner + " takes " + wanted + ", not '" + text + "'");
    }
}
