package dev.limber.api.experiment;

import java.util.List;
import java.util.Optional;

/// An option as its plug-in declares it.
///
/// @param name what users type before the `=`
/// @param type what kind of value it takes
/// @param defaultValue the value when it is not set, as text
/// @param minimum the lowest value, as text
/// @param maximum the highest value, as text
/// @param choices the values it takes, where it takes only some
/// @param description one sentence with the unit
public record OptionInfo(String name, Type type, String defaultValue, Optional<String> minimum,
        Optional<String> maximum, List<String> choices, String description) {

    /// Copies the list.
    public OptionInfo {
        choices = List.copyOf(choices);
    }

    /// Kinds of value.
    public enum Type {
        /// true or false
        BOOLEAN,
        /// A whole number.
        INTEGER,
        /// A number.
        NUMBER,
        /// Any text.
        TEXT
    }
}
