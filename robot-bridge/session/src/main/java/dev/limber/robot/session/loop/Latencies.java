package dev.limber.robot.session.loop;

import dev.limber.api.session.SessionStatus.Latency;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// Times of one kind. The loop records without waiting or allocating; others read.
final class Latencies {

    private static final long LONGEST = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(LONGEST, DIGITS);
    private final Histogram total = new Histogram(LONGEST, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /// Records a time [ns].
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    /// How times have been spread since the beginning.
    synchronized Latency read() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        long count = total.getTotalCount();
        return count == 0
                ? Latency.NONE
                : new Latency(count, seconds(total.getValueAtPercentile(50)), seconds(total.getValueAtPercentile(99)),
                        seconds(total.getValueAtPercentile(99.9)), seconds(total.getMaxValue()));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
