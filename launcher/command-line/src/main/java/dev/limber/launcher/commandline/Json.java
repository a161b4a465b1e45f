package dev.limber.launcher.commandline;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Results for programs.
final class Json {

    private Json() {}

    /// One object on one line; values that are null stay in it.
    static String line(Map<String, Object> values) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(values);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// The number, or null, as JSON has neither NaN nor infinities.
    static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
