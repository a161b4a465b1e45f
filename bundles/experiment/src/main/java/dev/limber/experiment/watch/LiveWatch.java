package dev.limber.experiment.watch;

import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import java.util.Arrays;
import java.util.Optional;

/// One look, with the two ends of its ring: the stepping thread writes, whoever looks reads.
final class LiveWatch implements Watch {

    private final Lookout lookout;
    private final WatchSpec spec;
    private final long interval;
    private volatile Optional<Pull> pull = Optional.empty();

    // The stepping thread's.
    private SampleRing writing;
    private int[] copies;
    private long sampled;
    private boolean begun;

    // The reader's.
    private SampleRing reading;
    private long lostBefore;

    LiveWatch(Lookout lookout, WatchSpec spec, Subject whole) {
        this.lookout = lookout;
        this.spec = spec;
        interval = (long) (1e9 / spec.rate());
        writing = ring(whole);
        reading = writing;
    }

    private SampleRing ring(Subject whole) {
        copies = Arrays.stream(spec.copies()).filter(copy -> copy < whole.copies()).toArray();
        return new SampleRing(whole.of(copies), spec.capacity());
    }

    /// Shows something else from now on. The stepping thread.
    void show(Subject whole) {
        SampleRing other = ring(whole);
        writing.continueIn(other);
        writing = other;
        begun = false;
    }

    /// True where a sample is due. The stepping thread.
    boolean due(long now, boolean slow) {
        return slow || !begun || now - sampled >= interval;
    }

    /// True until the first sample of what it shows. The stepping thread.
    boolean waits() {
        return !begun;
    }

    /// The sample to fill, or null. The stepping thread.
    Sample begin(long now) {
        // Keeps to the grid of the rate, so that samples are as frequent as asked for at any length of step.
        sampled = now - sampled >= 2 * interval ? now : sampled + interval;
        return writing.free();
    }

    /// Numbers of the copies of the samples. The stepping thread.
    int[] copies() {
        return copies;
    }

    /// Hands over what was filled. The stepping thread.
    void end() {
        writing.write();
        begun = true;
    }

    Optional<Pull> pull() {
        return pull;
    }

    @Override
    public Subject subject() {
        advance();
        return reading.subject();
    }

    private void advance() {
        for (Optional<SampleRing> next = reading.next(); reading.empty() && next.isPresent(); next = reading.next()) {
            // It is read after `next`, so nothing was written in between.
            lostBefore += reading.lost();
            reading = next.get();
        }
    }

    @Override
    public boolean read(Sample target) {
        advance();
        return target.subject() == reading.subject() && reading.read(target);
    }

    @Override
    public long lost() {
        return lostBefore + reading.lost();
    }

    @Override
    public void pull(Optional<Pull> anew) {
        pull = anew;
    }

    @Override
    public boolean live() {
        return lookout.live();
    }

    @Override
    public void close() {
        pull = Optional.empty();
        lookout.close(this);
    }
}
