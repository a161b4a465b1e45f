package dev.limber.experiment.play;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Actions read from a CSV file with a column `action`, or `action0`, `action1`, ...; other columns do not matter.
final class ActionFile {

    private ActionFile() {}

    /// The columns that an action of such a space has.
    static List<String> columns(Space action) {
        if (action.size() == 1) {
            return List.of("action");
        }
        var columns = new ArrayList<String>();
        for (int i = 0; i < action.size(); i++) {
            columns.add("action" + i);
        }
        return columns;
    }

    /// The actions, one row each.
    ///
    /// @throws UsageException naming line and column of what is wrong
    static List<float[]> read(Path file, EnvironmentSpec spec) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        }
        int first = 0;
        while (first < lines.size() && (lines.get(first).startsWith("#") || lines.get(first).isBlank())) {
            first++; // comments
        }
        if (first == lines.size()) {
            throw new UsageException(file + " is empty; its first line must name the columns");
        }
        List<String> header = Arrays.stream(lines.get(first).split(",", -1)).map(String::strip).toList();
        List<String> wanted = columns(spec.action());
        if (wanted.size() == 1 && !header.contains(wanted.getFirst())) { // one number may be written either way
            wanted = List.of("action0");
        }
        int[] places = wanted.stream().mapToInt(header::indexOf).toArray();
        for (int i = 0; i < places.length; i++) {
            if (places[i] < 0) {
                throw new UsageException(file + " has no column '" + columns(spec.action()).get(i) + "', which "
                        + spec.name() + " needs; it has " + String.join(", ", header));
            }
        }
        var actions = new ArrayList<float[]>();
        for (int line = first + 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                actions.add(row(file, line + 1, lines.get(line).split(",", -1), wanted, places, spec));
            }
        }
        return actions;
    }

    private static float[] row(Path file, int line, String[] cells, List<String> columns, int[] places,
            EnvironmentSpec spec) {
        var action = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            String where = file + " line " + line + " column " + columns.get(i) + ": ";
            if (places[i] >= cells.length) {
                throw new UsageException(where + "the cell is missing");
            }
            String cell = cells[places[i]].strip();
            try {
                action[i] = Float.parseFloat(cell);
            } catch (NumberFormatException e) {
                throw new UsageException(where + "'" + cell + "' is no number");
            }
            if (!Float.isFinite(action[i])) {
                throw new UsageException(where + "'" + cell + "' is not finite");
            }
            if (spec.action() instanceof Discrete discrete
                    && !(action[i] >= 0 && action[i] < discrete.n() && action[i] == (int) action[i])) {
                throw new UsageException(where + "'" + cell + "' must be one of 0 to " + (discrete.n() - 1));
            }
        }
        return action;
    }
}
