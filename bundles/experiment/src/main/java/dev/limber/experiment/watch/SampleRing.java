package dev.limber.experiment.watch;

import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import java.util.Optional;

/// Samples of one subject on their way from one writing thread to one reading thread. Neither waits for the other: what
/// does not fit is left out.
final class SampleRing {

    private final Subject subject;
    private final Sample[] samples;
    private volatile long written;
    private volatile long read;
    private volatile long lost;
    private volatile Optional<SampleRing> next = Optional.empty();

    SampleRing(Subject subject, int capacity) {
        this.subject = subject;
        samples = new Sample[capacity];
        for (int i = 0; i < capacity; i++) {
            samples[i] = new Sample(subject);
        }
    }

    Subject subject() {
        return subject;
    }

    /// The sample to fill before it is [written][#write]. The writer's thread.
    ///
    /// @return null where there is no room; it is counted as lost
    Sample free() {
        if (written - read == samples.length) {
            lost = lost + 1; // the writer alone writes it
            return null;
        }
        return samples[(int) (written % samples.length)];
    }

    /// Hands over what was filled. The writer's thread.
    void write() {
        written = written + 1;
    }

    /// Takes the oldest. The reader's thread.
    ///
    /// @return false where there is none
    boolean read(Sample target) {
        if (empty()) {
            return false;
        }
        target.set(samples[(int) (read % samples.length)]);
        read = read + 1;
        return true;
    }

    boolean empty() {
        return read == written;
    }

    long lost() {
        return lost;
    }

    /// Says that no more will be written here, but there. The writer's thread.
    void continueIn(SampleRing other) {
        next = Optional.of(other);
    }

    /// Where it goes on when this one is empty.
    Optional<SampleRing> next() {
        return next;
    }
}
