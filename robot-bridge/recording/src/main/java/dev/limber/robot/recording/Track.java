package dev.limber.robot.recording;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionHeader;
import java.nio.file.Path;
import java.util.Arrays;

/// The longest stretch of a recording in which a controller drove: what was measured and sent.
///
/// @param header what was recorded
/// @param times of the cycles, from the first one [count] [s]
/// @param measured positions [count * joints] [rad or m]
/// @param sent commands [count * joints]
record Track(SessionHeader header, double[] times, double[] measured, double[] sent) {

    /// Reads it.
    ///
    /// @throws UsageException where no controller ever drove
    static Track read(Path file) {
        try (SessionFile session = SessionFile.open(file)) {
            int joints = session.header().robot().joints().size();
            var stretch = new Stretch(joints);
            session.read(stretch);
            stretch.end();
            if (stretch.longest.count == 0) {
                throw new UsageException("in the recording " + file + " no controller was ever running");
            }
            return stretch.longest.track(session.header(), joints);
        }
    }

    int count() {
        return times.length;
    }

    int joints() {
        return header.robot().joints().size();
    }

    private static final class Stretch implements SessionVisitor {

        private final int joints;
        private Rows longest = new Rows();
        private Rows now = new Rows();

        Stretch(int joints) {
            this.joints = joints;
        }

        @Override
        public void cycle(Cycle cycle) {
            if (cycle.number()[1] != Phase.RUNNING.ordinal()) {
                end();
            } else if (Arrays.stream(cycle.sent()).anyMatch(value -> !Double.isNaN(value))) {
                now.add(cycle, joints);
            }
        }

        void end() {
            if (now.count > longest.count) {
                longest = now;
                now = new Rows();
            } else {
                now.count = 0;
            }
        }
    }

    private static final class Rows {

        private int count;
        private long[] nanos = new long[1024];
        private double[] measured = new double[0];
        private double[] sent = new double[0];

        void add(Cycle cycle, int joints) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            if (measured.length < nanos.length * joints) {
                measured = Arrays.copyOf(measured, nanos.length * joints);
                sent = Arrays.copyOf(sent, nanos.length * joints);
            }
            nanos[count] = cycle.times()[1];
            System.arraycopy(cycle.measured().positions(), 0, measured, count * joints, joints);
            System.arraycopy(cycle.sent(), 0, sent, count * joints, joints);
            count++;
        }

        Track track(SessionHeader header, int joints) {
            double[] seconds = new double[count];
            Arrays.setAll(seconds, i -> (nanos[i] - nanos[0]) / 1e9);
            return new Track(header, seconds, Arrays.copyOf(measured, count * joints),
                    Arrays.copyOf(sent, count * joints));
        }
    }
}
