package dev.limber.robot.recording;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RecordingSummary;
import dev.limber.api.session.SessionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Counts what is in a recording.
final class Summing implements SessionVisitor {

    private final long[] clipped;
    private final List<SessionEvent> events = new ArrayList<>();
    private long cycles;
    private long running;
    private long unanswered;
    private long missed;
    private long first = -1;
    private long last;
    private long lastNanos;

    private Summing(int joints) {
        clipped = new long[joints];
    }

    static RecordingSummary of(Path file) {
        try (SessionFile session = SessionFile.open(file)) {
            var sum = new Summing(session.header().robot().joints().size());
            session.read(sum);
            long unrecorded = sum.cycles == 0 ? 0 : sum.last - sum.first + 1 - sum.cycles;
            return new RecordingSummary(session.header(), sum.lastNanos / 1e9, sum.cycles, sum.running, sum.unanswered,
                    sum.missed,
                    unrecorded, Arrays.stream(sum.clipped).boxed().toList(), sum.events, session.damage());
        }
    }

    @Override
    public void cycle(Cycle cycle) {
        cycles++;
        boolean driven = cycle.number()[1] == Phase.RUNNING.ordinal();
        running += driven ? 1 : 0;
        unanswered += driven && cycle.times()[2] == 0 ? 1 : 0;
        missed += cycle.number()[2];
        first = first < 0 ? cycle.number()[0] : first;
        last = cycle.number()[0];
        lastNanos = Math.max(lastNanos, cycle.times()[1]);
        for (int i = 0; i < clipped.length; i++) {
            double limited = cycle.limited()[i];
            if (driven && !Double.isNaN(limited) && cycle.wanted()[i] != limited) {
                clipped[i]++;
            }
        }
    }

    @Override
    public void event(SessionEvent event) {
        events.add(event);
    }
}
