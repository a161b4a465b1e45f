package dev.limber.robot.session.record;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionRecorder;
import dev.limber.robot.session.loop.CycleRing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Writes cycles and events into a recording and tells listeners, on a thread of its own. Whatever happens there, the loop does not wait.
public final class Secretary implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Secretary.class.getName());
    private static final long PAUSE = 5_000_000;
    private static final long LONGEST_END = 10_000;

    private final Queue<SessionEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<Driver> drivers = new ConcurrentLinkedQueue<>();
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Optional<CycleRing> ring = Optional.empty();
    private volatile Optional<SessionRecorder> recorder = Optional.empty();
    private volatile Optional<Runnable> watch = Optional.empty();
    private volatile boolean ending;

    /// Who drives, and what it says of itself.
    private record Driver(String name, Map<String, String> notes) {}

    /// Starts the thread.
    public Secretary(String session) {
        thread = Thread.ofPlatform().daemon().name("secretary " + session).start(this::work);
    }

    /// Begins to look after a loop.
    ///
    /// @param cycles what comes from the loop
    /// @param keeper what keeps it
    /// @param look called again and again, to see what the loop does
    public void attend(CycleRing cycles, Optional<SessionRecorder> keeper, Runnable look) {
        recorder = keeper;
        watch = Optional.of(look);
        ring = Optional.of(cycles);
        LockSupport.unpark(thread);
    }

    /// Adds somebody who hears of events.
    public void addListener(SessionListener listener) {
        listeners.add(listener);
    }

    /// Removes a listener.
    public void removeListener(SessionListener listener) {
        listeners.remove(listener);
    }

    /// Takes an event, from any thread.
    public void note(SessionEvent.Kind kind, Phase phase, String text) {
        events.add(new SessionEvent(Instant.now(), System.nanoTime(), kind, phase, text));
        LockSupport.unpark(thread);
    }

    /// Takes note of another controller, from any thread.
    ///
    /// @param notes what it says of itself
    public void driver(String name, Map<String, String> notes) {
        drivers.add(new Driver(name, notes));
    }

    /// Writes what there is, closes the recording and ends.
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return; // A listener closes the session.
        }
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (true) {
            boolean last = ending;
            ring.ifPresent(cycles -> cycles.drain(this::keep));
            tellUntil(Long.MAX_VALUE);
            for (Driver driver = drivers.poll(); driver != null; driver = drivers.poll()) {
                Driver next = driver;
                keep(keeper -> keeper.controller(next.name(), next.notes()));
            }
            if (last) {
                break;
            }
            watch.ifPresent(Runnable::run);
            if (ring.isPresent()) {
                LockSupport.parkNanos(this, PAUSE);
            } else if (events.isEmpty() && !ending) {
                LockSupport.park(this);
            }
        }
        keep(SessionRecorder::close);
    }

    private void keep(Cycle cycle) {
        tellUntil(cycle.times()[1]);
        keep(keeper -> keeper.cycle(cycle));
    }

    /// Tells of all events before a moment.
    private void tellUntil(long nanoTime) {
        for (SessionEvent event = events.peek(); event != null
                && event.nanoTime() - nanoTime <= 0; event = events.peek()) {
            events.remove();
            SessionEvent told = event;
            keep(keeper -> keeper.event(told));
            for (SessionListener listener : listeners) {
                try {
                    listener.event(told);
                } catch (Throwable failure) {
                    LOG.log(System.Logger.Level.WARNING, "a listener of a session failed", failure);
                }
            }
        }
    }

    /// Lets the recorder do something; one that fails keeps nothing any more.
    private void keep(Consumer<SessionRecorder> action) {
        recorder.ifPresent(keeper -> {
            try {
                action.accept(keeper);
            } catch (Throwable failure) {
                recorder = Optional.empty();
                note(SessionEvent.Kind.NOTE, Phase.CONNECTED, "the recording ended early: " + failure.getMessage());
            }
        });
    }
}
