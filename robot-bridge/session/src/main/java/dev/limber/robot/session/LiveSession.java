package dev.limber.robot.session;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionEvent.Kind;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionSpec;
import dev.limber.api.session.SessionStatus;
import dev.limber.api.session.SessionStatus.Latency;
import dev.limber.robot.session.controller.ThinkingThread;
import dev.limber.robot.session.loop.ControlLoop;
import dev.limber.robot.session.loop.CycleRing;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.session.realtime.RealTimePriority;
import dev.limber.robot.session.record.LoopWatch;
import dev.limber.robot.session.record.Secretary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A session with its thread. Requests wait in a queue until the loop has time for them, which is between two cycles.
public final class LiveSession implements RobotSession {

    private static final double RECORDED_SECONDS = 4;
    private static final long LONGEST_REQUEST_SECONDS = 30;
    private static final long LONGEST_END = 2_000;

    private final SessionSpec spec;
    private final Robot robot;
    private final Pace pace;
    private final Function<SessionHeader, Optional<SessionRecorder>> recorders;
    private final Consumer<LiveSession> whenClosed;
    private final Secretary secretary;
    private final Requests requests = new Requests(this::notConnected);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Object connecting = new Object();
    private volatile Optional<ControlLoop> loop = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();
    /// Who drives or was asked to; empty again where its plug-in was withdrawn.
    private final AtomicReference<Optional<Controller>> driver = new AtomicReference<>(Optional.empty());
    private volatile RealTimePriority.Answer realTime = new RealTimePriority.Answer(false,
            "no real-time priority: not connected");
    private volatile Optional<String> stopWhileConnecting = Optional.empty();
    private volatile boolean ending;
    private volatile boolean processEnds;

    /// A session that is CLOSED.
    ///
    /// @param robot not connected
    /// @param recorders begin a recording, where one was asked for
    /// @param listener hears what happens from the beginning
    /// @param whenClosed hears that it is closed
    public LiveSession(SessionSpec spec, Robot robot, Pace pace,
            Function<SessionHeader, Optional<SessionRecorder>> recorders,
            SessionListener listener, Consumer<LiveSession> whenClosed) {
        this.spec = spec;
        this.robot = robot;
        this.pace = pace;
        this.recorders = recorders;
        this.whenClosed = whenClosed;
        secretary = new Secretary(name());
        secretary.addListener(listener);
    }

    private String name() {
        return spec.robot() + ":" + spec.address();
    }

    @Override
    public SessionSpec spec() {
        return spec;
    }

    @Override
    public RobotSpec robot() {
        return robot.spec();
    }

    @Override
    public Phase phase() {
        return loop.map(ControlLoop::phase).orElse(Phase.CLOSED);
    }

    @Override
    public SessionStatus status() {
        return loop.map(running -> running.status(realTime.text())).orElseGet(() -> {
            int joints = robot.spec().joints().size();
            return new SessionStatus(Phase.CLOSED, "not connected", "", Cycle.ofJoints(joints),
                    DriveHealth.ofJoints(joints), new Limits(List.of(), List.of()), Map.of(), 0, 0, 0, 0, 0,
                    Latency.NONE,
                    Latency.NONE, Latency.NONE, realTime.text(), "not connected", spec.dryRun());
        });
    }

    @Override
    public void connect() {
        synchronized (connecting) {
            refuseAtTheEndOfTheProcess();
            if (closed.get() || loop.isPresent()) {
                throw new UsageException("the session with " + name() + " cannot be connected while it is "
                        + (closed.get() ? "closed for good; open a new one" : phase().toString()));
            }
            stopWhileConnecting = Optional.empty();
            var connected = new CompletableFuture<Void>();
            Thread worker = Thread.ofPlatform().daemon().name("control loop " + name())
                    .unstarted(() -> work(connected));
            thread = Optional.of(worker);
            worker.start();
            await(connected);
        }
    }

    @Override
    public void calibrate(Map<String, Double> pose, double tolerance) {
        request(running -> running.calibrate(pose, tolerance));
    }

    @Override
    public void limit(Limits limits) {
        Map<String, String> before = loop.map(running -> RecordingNotes.of(running.limits())).orElse(Map.of());
        request(running -> running.limit(limits));
        RecordingNotes.of(limits).forEach((what, words) -> {
            if (!words.equals(before.get(what))) {
                secretary.note(Kind.NOTE, phase(), what + ": " + words);
            }
        });
    }

    @Override
    public void arm() {
        request(ControlLoop::arm);
    }

    @Override
    public void run(String name, Controller controller) {
        Thread worker = thread.filter(Thread::isAlive).orElseThrow(this::notConnected);
        Map<String, String> notes = controller.notes();
        ThinkingThread mind = ThinkingThread.start(name, controller, robot.spec().joints().size(), worker,
                realTime.granted() ? spec.realTimePriority() - 1 : 0);
        Optional<Controller> next = Optional.of(controller);
        Optional<Controller> before = driver.getAndSet(next);
        try {
            request(running -> {
                if (driver.get() != next) {
                    throw new UsageException("controller '" + name + "' may not drive: its plug-in was withdrawn, or "
                            + "another one was asked for");
                }
                running.run(mind);
                secretary.driver(name, notes);
            });
        } catch (RuntimeException e) {
            driver.compareAndSet(next, before);
            mind.close();
            throw e;
        }
    }

    @Override
    public void hold() {
        request(running -> running.hold("asked for"));
    }

    @Override
    public void damp() {
        request(ControlLoop::damp);
    }

    @Override
    public void stop() {
        stop("asked for");
    }

    private void stop(String why) {
        if (loop.isEmpty()) {
            return;
        }
        request(running -> running.stop(why), running -> !running.comingToRest());
    }

    @Override
    public void emergencyStop(String trigger) {
        stopWhileConnecting = Optional.of(trigger); // Before the look at the loop: it looks for this once it is there.
        // No lambdas: the first time they take longer than all else here.
        Optional<ControlLoop> running = loop;
        if (running.isPresent()) {
            running.get().emergencyStop(trigger);
        }
        Optional<Thread> worker = thread;
        if (worker.isPresent()) {
            LockSupport.unpark(worker.get()); // It does not wait for the next cycle.
        }
    }

    @Override
    public void reset() {
        request(ControlLoop::reset);
    }

    @Override
    public void heartbeat() {
        loop.ifPresent(ControlLoop::heartbeat);
    }

    @Override
    public void addListener(SessionListener listener) {
        secretary.addListener(listener);
    }

    @Override
    public void removeListener(SessionListener listener) {
        secretary.removeListener(listener);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (loop.filter(ControlLoop::moving).isPresent()) {
                stop("the session is closed");
            }
        } catch (RuntimeException failed) {
            secretary.note(Kind.NOTE, phase(), "it could not be stopped before it was closed: " + failed.getMessage());
        } finally {
            ending = true;
            join();
            secretary.close();
            whenClosed.accept(this);
        }
    }

    private void join() {
        if (thread.isPresent() && thread.get() != Thread.currentThread()) {
            try {
                thread.get().join(LONGEST_END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The process ends: stops at once, waits until that is on its way, and closes the recording.
    public void stopWithProcess() {
        triggerWithProcess();
        awaitStop();
        secretary.close();
    }

    /// The process ends: asks for a stop, and refuses whatever is asked for from now on, for other threads go on meanwhile.
    void triggerWithProcess() {
        processEnds = true;
        emergencyStop("end of the process");
    }

    private void refuseAtTheEndOfTheProcess() {
        if (processEnds) {
            throw new UsageException("the process ends; the session with " + name() + " does nothing more");
        }
    }

    /// Waits until an emergency stop was carried out, but not for long.
    public void awaitStop() {
        long patience = System.nanoTime() + Math.round(1e9 * Math.max(0.2, 4 * spec.cycleSeconds()));
        while (loop.filter(ControlLoop::stopPending).isPresent() && System.nanoTime() < patience) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// True where what drives, drove last or was asked to drive comes from a plug-in, by its own class or by what it calls.
    boolean drivenBy(Predicate<Object> ofPlugin) {
        return driver.get()
                .filter(controller -> ofPlugin.test(controller) || controller.parts().stream().anyMatch(ofPlugin))
                .isPresent();
    }

    /// The plug-in of what drives is going: it may not drive any longer.
    void withdraw(String plugin) {
        driver.set(Optional.empty()); // First: whoever only was asked to drive is refused then.
        try {
            request(running -> {
                if (running.phase() == Phase.RUNNING) {
                    running.hold("plug-in " + plugin + " of the controller was withdrawn");
                }
            });
        } catch (RuntimeException failed) {
            emergencyStop("plug-in " + plugin + " of the controller was withdrawn");
        }
    }

    private void request(Consumer<ControlLoop> action) {
        request(action, running -> true);
    }

    /// @param over whether what was begun is over; nobody returns before
    private void request(Consumer<ControlLoop> action, Predicate<ControlLoop> over) {
        refuseAtTheEndOfTheProcess();
        if (loop.isEmpty() || ending) {
            throw notConnected();
        }
        await(requests.ask(action, over));
    }

    private UsageException notConnected() {
        return new UsageException("the session with " + name() + " is not connected");
    }

    private void await(CompletableFuture<?> done) {
        try {
            done.get(LONGEST_REQUEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new RobotException(RobotException.Kind.TIMEOUT, "the driver of " + name() + " has not come back for "
                    + LONGEST_REQUEST_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RobotException(RobotException.Kind.TIMEOUT, "interrupted while waiting for " + name(), e);
        }
    }

    // On the loop's thread.

    private void work(CompletableFuture<Void> connected) {
        ControlLoop running;
        try {
            running = begin();
        } catch (Throwable failed) {
            closeQuietly();
            connected.completeExceptionally(failed);
            return;
        }
        loop = Optional.of(running);
        stopWhileConnecting.ifPresent(running::emergencyStop);
        connected.complete(null);
        try {
            cycles(running);
        } finally { // Whatever ends the thread: the robot is told to stop, and nobody is left waiting.
            try {
                running.close();
            } finally {
                requests.end();
            }
        }
    }

    private void cycles(ControlLoop running) {
        long period = Math.round(1e9 / spec.rate());
        long due = pace.nanoTime() + period;
        while (!ending) {
            try {
                rest(running, due);
                if (requests.serve(running) && pace.nanoTime() - due > period / 2) {
                    due = pace.nanoTime(); // Connecting or arming took its time; that is no delay.
                }
                due += (running.cycle(due) + 1) * period;
            } catch (Throwable broken) { // What nobody thought of; the loop goes on, for it has to tell the robot to stop.
                running.stopBroken(broken);
                due = pace.nanoTime() + period;
            }
        }
    }

    /// Waits for the next cycle, or for whatever comes between two cycles.
    private void rest(ControlLoop running, long due) {
        // Who asked for a stop during the cycle may have woken up a driver, which waited for something else.
        running.stopIfAsked();
        for (long now = pace.nanoTime(); now - due < 0; now = pace.nanoTime()) {
            pace.parkUntil(now + Math.min(due - now, Math.max(0, running.patience())));
            running.stopIfAsked();
        }
    }

    private ControlLoop begin() {
        realTime = RealTimePriority.request(spec.realTimePriority());
        robot.connect();
        RobotSpec connected = robot.spec();
        var ring = new CycleRing((int) (RECORDED_SECONDS * spec.rate()), connected.joints().size());
        var begun = new ControlLoop(spec, robot, pace, secretary::note, ring);
        Optional<SessionRecorder> recorder = recorders.apply(new SessionHeader(connected, name(), spec.mode(),
                spec.cycleSeconds(), Instant.now(), System.nanoTime(),
                RecordingNotes.of(begun.limits(), spec.dryRun(), realTime.text())));
        secretary.attend(ring, recorder, new LoopWatch(begun, spec.stall(), secretary::note));
        secretary.note(Kind.PHASE, Phase.CONNECTED, "connected to " + connected.name());
        secretary.note(Kind.NOTE, Phase.CONNECTED, realTime.text());
        return begun;
    }

    private void closeQuietly() {
        try {
            robot.close();
        } catch (Throwable ignored) {
            // Why it could not be connected is what the user wants to know.
        }
    }
}
