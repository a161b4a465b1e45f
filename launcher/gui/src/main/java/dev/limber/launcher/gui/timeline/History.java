package dev.limber.launcher.gui.timeline;

import dev.limber.api.watch.Sample;
import java.util.Optional;

/// The last samples, as many as memory and time allow. Moments are numbered from 0 on, for good: a number means the same
/// moment until it is forgotten. Thread-safe; nobody holds it for longer than a copy takes.
public final class History {

    private final long budget;
    private final long span;
    private Sample[] ring = new Sample[256];
    private long first;
    private long next;
    private long bytes;

    /// Looks at a sample that stays as it is meanwhile.
    public interface Visitor {

        /// @param moment its number
        void visit(long moment, Sample sample);
    }

    /// @param budget memory for samples [bytes]
    /// @param seconds how far it goes back
    public History(long budget, double seconds) {
        this.budget = budget;
        span = (long) (seconds * 1e9);
    }

    /// Adds a copy of a sample and forgets what is too old or too much.
    public synchronized void add(Sample sample) {
        if (next - first == ring.length) {
            grow();
        }
        Optional<Sample> spare = Optional.empty();
        bytes += sample.subject().sampleBytes();
        while (next > first && (bytes > budget || sample.nanos() - at(first).nanos() > span)) {
            spare = Optional.of(at(first));
            bytes -= at(first).subject().sampleBytes();
            ring[index(first++)] = null;
        }
        Sample copy = spare.filter(old -> old.subject() == sample.subject())
                .orElseGet(() -> new Sample(sample.subject()));
        copy.set(sample);
        ring[index(next++)] = copy;
    }

    private void grow() {
        var larger = new Sample[2 * ring.length];
        for (long i = first; i < next; i++) {
            larger[(int) (i % larger.length)] = at(i);
        }
        ring = larger;
    }

    private Sample at(long moment) {
        return ring[index(moment)];
    }

    private int index(long moment) {
        return (int) (moment % ring.length);
    }

    /// The oldest moment.
    public synchronized long first() {
        return first;
    }

    /// The number that the next moment will have.
    public synchronized long next() {
        return next;
    }

    /// Copies a moment, or the nearest one that is known.
    ///
    /// @param spare is filled and returned where it is of the same subject
    /// @return empty where nothing is known
    public synchronized Optional<Sample> copy(long moment, Optional<Sample> spare) {
        if (next == first) {
            return Optional.empty();
        }
        Sample known = at(clamp(moment));
        Sample target = spare.filter(each -> each.subject() == known.subject())
                .orElseGet(() -> new Sample(known.subject()));
        target.set(known);
        return Optional.of(target);
    }

    /// The moment, or the nearest that is known; 0 where nothing is.
    public synchronized long clamp(long moment) {
        return Math.max(first, Math.min(next - 1, moment));
    }

    /// When a moment was, of [System#nanoTime].
    public synchronized long nanos(long moment) {
        return next == first ? 0 : at(clamp(moment)).nanos();
    }

    /// The last moment that is not after a time, or the first.
    public synchronized long find(long nanos) {
        long low = first;
        long high = Math.max(first, next - 1);
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (at(middle).nanos() <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Looks at the moments from one on to another, which is not among them.
    public synchronized void each(long from, long to, Visitor visitor) {
        for (long moment = Math.max(from, first); moment < Math.min(to, next); moment++) {
            visitor.visit(moment, at(moment));
        }
    }
}
