package dev.limber.robot.recording;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Writes what was measured and sent while a controller drove as CSV, a line for each cycle.
final class Demonstration {

    private Demonstration() {}

    static long write(Path recording, Path csv) {
        try (SessionFile session = SessionFile.open(recording);
                BufferedWriter out = Files.newBufferedWriter(csv, StandardOpenOption.CREATE_NEW)) {
            List<String> joints = session.header().robot().joints().stream().map(Joint::name).toList();
            var head = new ArrayList<String>();
            head.add("time");
            for (String quantity : List.of("position", "velocity", "effort", "action")) {
                joints.forEach(joint -> head.add(quantity + "." + joint));
            }
            out.write(String.join(",", head) + "\n");
            var lines = new Lines(out);
            session.read(lines);
            return lines.count;
        } catch (IOException failure) {
            throw Unwritable.of("file", csv, failure);
        } catch (UncheckedIOException failure) {
            throw Unwritable.of("file", csv, failure.getCause());
        }
    }

    private static final class Lines implements SessionVisitor {

        private final BufferedWriter out;
        private final StringBuilder line = new StringBuilder();
        private long count;

        Lines(BufferedWriter out) {
            this.out = out;
        }

        @Override
        public void cycle(Cycle cycle) {
            if (cycle.number()[1] != Phase.RUNNING.ordinal() || cycle.times()[2] == 0 || cycle.times()[3] == 0) {
                return;
            }
            line.setLength(0);
            line.append(cycle.times()[2] / 1e9);
            append(cycle.measured().positions());
            append(cycle.measured().velocities());
            append(cycle.measured().efforts());
            append(cycle.sent());
            line.append('\n');
            try {
                out.append(line);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            count++;
        }

        private void append(double[] values) {
            for (double value : values) {
                line.append(',');
                if (!Double.isNaN(value)) {
                    line.append(value);
                }
            }
        }
    }
}
