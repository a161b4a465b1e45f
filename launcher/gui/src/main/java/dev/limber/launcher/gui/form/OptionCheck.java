package dev.limber.launcher.gui.form;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an option takes.
///
/// @param option as its plug-in declares it
record OptionCheck(OptionInfo option) {

    private static final Pattern UNIT = Pattern.compile("\\s*\\[([^\\]]+)\\]");

    /// What is wrong with a value, and what would be right; empty where it will do.
    Optional<String> problem(String text) {
        if (!option.choices().isEmpty()) {
            return option.choices().contains(text) ? Optional.empty()
                    : Optional.of("takes one of " + String.join(", ", option.choices()));
        }
        return switch (option.type()) {
            case BOOLEAN -> text.equals("true") || text.equals("false") ? Optional.empty()
                    : Optional.of("takes true or false");
            case TEXT -> Optional.empty();
            case INTEGER, NUMBER -> numberProblem(text);
        };
    }

    private Optional<String> numberProblem(String text) {
        boolean whole = option.type() == Type.INTEGER;
        Optional<BigDecimal> value = number(text, whole);
        boolean fits = value.isPresent()
                && option.minimum().flatMap(least -> number(least, false)).filter(least -> value.get().compareTo(
                        least) < 0).isEmpty()
                && option.maximum().flatMap(most -> number(most, false)).filter(most -> value.get().compareTo(
                        most) > 0).isEmpty();
        return fits ? Optional.empty()
                : Optional.of("takes a " + (whole ? "whole number" : "number") + range().map(r -> " " + r).orElse(""));
    }

    private static Optional<BigDecimal> number(String text, boolean whole) {
        try {
            var value = new BigDecimal(text.strip().replace("_", ""));
            return whole && value.stripTrailingZeros().scale() > 0 ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /// "from 0 to 1".
    Optional<String> range() {
        if (option.minimum().isEmpty() && option.maximum().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of((option.minimum().map(least -> "from " + least).orElse("")
                + option.maximum().map(most -> " to " + most).orElse("")).strip());
    }

    /// The unit that its description names in brackets.
    Optional<String> unit() {
        Matcher matcher = UNIT.matcher(option.description());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// All there is to know of it, as HTML.
    ///
    /// @param usual its value where it is not set
    String explanation(String usual) {
        var text = new StringBuilder("<html><div width=280><b>" + option.name() + "</b><br>"
                + escape(sentence(option.description())));
        text.append("<br><i>").append(option.type().name().toLowerCase(Locale.ROOT));
        range().ifPresent(range -> text.append(", ").append(escape(range)));
        text.append(usual.isEmpty() ? "" : ", usually " + escape(usual)).append("</i></div></html>");
        return text.toString();
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
