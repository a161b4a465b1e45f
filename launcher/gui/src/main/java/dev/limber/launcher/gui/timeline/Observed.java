package dev.limber.launcher.gui.timeline;

import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.api.watch.Watchable;
import dev.limber.launcher.gui.priority.GivingWay;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// What is watched: it fills a history on a thread of its own, and knows which moment is shown. Thread-safe.
public final class Observed implements AutoCloseable {

    private static final long READ_NANOS = 4_000_000;
    private static final long BUDGET = 96L << 20;
    private static final double SECONDS = 300;
    private static final long LIVE = -1;

    private final Path run;
    private final Watchable source;
    private final boolean playback;
    private final Watch watch;
    private final History history = new History(BUDGET, SECONDS);
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile long shown = LIVE;
    private volatile boolean closed;

    /// Watches at once.
    ///
    /// @param run folder of the run
    /// @param source what steps
    /// @param playback true where it is a recorded policy that plays, and `source` is closed with this
    /// @param spec which copies
    public Observed(Path run, Watchable source, boolean playback, WatchSpec spec) {
        this.run = run;
        this.source = source;
        this.playback = playback;
        watch = source.watch(spec);
        thread = Thread.ofPlatform().daemon(true).name("limber-gui-watch").unstarted(this::read);
        thread.start();
    }

    private void read() {
        GivingWay.ENTIRELY.begin();
        Sample sample = new Sample(watch.subject());
        while (!closed) {
            boolean some = false;
            if (sample.subject() != watch.subject()) {
                sample = new Sample(watch.subject());
            }
            while (watch.read(sample)) {
                history.add(sample);
                some = true;
            }
            if (some) {
                listeners.forEach(Runnable::run);
            }
            LockSupport.parkNanos(READ_NANOS);
        }
    }

    /// Calls `listener` when there is something new to show, on some thread.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Folder of the run.
    public Path run() {
        return run;
    }

    /// What is watched.
    public Watchable source() {
        return source;
    }

    /// True where it is a recorded policy that plays.
    public boolean playback() {
        return playback;
    }

    /// The way to what is watched.
    public Watch watch() {
        return watch;
    }

    /// The last minutes.
    public History history() {
        return history;
    }

    /// True where the newest moment is shown, whichever that is.
    public boolean live() {
        return shown == LIVE;
    }

    /// The moment that is shown.
    public long moment() {
        long at = shown;
        return at == LIVE ? history.next() - 1 : history.clamp(at);
    }

    /// Shows the newest moments from now on.
    public void goLive() {
        shown = LIVE;
        listeners.forEach(Runnable::run);
    }

    /// Shows one moment, or the nearest that is known.
    public void show(long moment) {
        shown = history.clamp(moment);
        listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
        watch.close();
        if (source instanceof AutoCloseable owned && playback) {
            // It waits for the step that is being taken.
            Thread.ofPlatform().daemon(true).name("limber-gui-close").start(() -> {
                try {
                    owned.close();
                } catch (Exception failure) {
                    System.getLogger(Observed.class.getName()).log(System.Logger.Level.WARNING, failure.toString());
                }
            });
        }
    }
}
