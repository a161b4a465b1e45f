package dev.limber.study.grid;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// One environment with one algorithm and one value for each option; what seeds are repeated of.
///
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param settings every option the study sets, as text
/// @param varied those of them that tell it from other variants
/// @param steps environment steps to take
/// @param copies environment copies, where the study says so
public record Variant(String environment, String algorithm, SequencedMap<String, String> settings,
        SequencedMap<String, String> varied, long steps, OptionalInt copies) {

    private static final int LONGEST_NAME = 100;

    /// Copies the maps.
    public Variant {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        varied = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(varied));
    }

    /// The name of a run's folder: it depends on what runs alone, so that a study that has been extended finds the runs
    /// it has already.
    public String folder(long seed) {
        var parts = new LinkedHashMap<>(settings);
        copies.ifPresent(count -> parts.put("copies", Integer.toString(count)));
        String exact = environment + " " + algorithm + " " + text(parts, " ");
        String name = (environment + "-" + algorithm + (parts.isEmpty() ? "" : "-" + text(parts, "-")))
                .replaceAll("[^A-Za-z0-9._=-]", "_");
        if (name.length() > LONGEST_NAME || !name.replace('-', ' ').equals(exact.strip().replace('-', ' '))) {
            var crc = new CRC32C();
            crc.update(exact.getBytes(StandardCharsets.UTF_8));
            name = name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + Long.toHexString(crc.getValue());
        }
        return name + "-seed" + seed;
    }

    /// True where another variant has the same environment and algorithm.
    boolean sharesPair(Variant other) {
        return environment.equals(other.environment) && algorithm.equals(other.algorithm);
    }

    /// The same variant, told from others by these options.
    Variant labelled(SequencedMap<String, String> options) {
        return new Variant(environment, algorithm, settings, options, steps, copies);
    }

    /// Environment, algorithm and what is varied, for messages.
    public String label() {
        return environment + " " + algorithm + (varied.isEmpty() ? "" : " " + text(varied, " "));
    }

    private static String text(Map<String, String> values, String separator) {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(separator));
    }
}
