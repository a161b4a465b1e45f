package dev.limber.robot.recording;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Scene;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.RecordedView;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.space.Box;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/// Reads a recording at the pace it is watched at, and shows every cycle as a step: positions and velocities as
/// observation and state, what was sent as action, and the bodies of a model that has the robot's joints.
final class PlayedRecording implements RecordedView {

    private final SessionFile file;
    private final Subject subject;
    private final Optional<ModelPoses> poses;
    private final List<Ring> watches = new CopyOnWriteArrayList<>();
    private final Thread thread;

    // Guarded by this.
    private double pace = 1;
    private boolean paused;
    private long steps;
    private boolean closed;

    private volatile double seconds;
    private volatile boolean ended;

    PlayedRecording(Path path, Optional<EnvironmentFactory> environment) {
        file = SessionFile.open(path);
        SessionHeader header = file.header();
        List<String> joints = header.robot().joints().stream().map(Joint::name).toList();
        Optional<Scene> scene = environment.flatMap(factory -> factory.scene(Options.defaults()));
        Optional<ModelSpec> model = environment.flatMap(factory -> factory.model(Options.defaults()));
        poses = model.flatMap(of -> scene.flatMap(shown -> ModelPoses.of(of, shown, joints)));
        boolean seen = poses.isPresent();
        subject = new Subject(spec(header, joints), seen ? scene : Optional.empty(), seen ? model : Optional.empty(), 1,
                new int[] {0}, false);
        thread = Thread.ofVirtual().name("limber-played-recording").start(this::play);
    }

    private static EnvironmentSpec spec(SessionHeader header, List<String> joints) {
        var states = new ArrayList<String>();
        joints.forEach(joint -> states.add(joint + " position"));
        joints.forEach(joint -> states.add(joint + " velocity"));
        String[] names = states.toArray(String[]::new);
        return EnvironmentSpec
                .of(header.robot().name(), Box.unbounded(names), Box.unbounded(joints.toArray(String[]::new)))
                .rewardTerms().state(names).stepSeconds(header.cycleSeconds()).build();
    }

    private void play() {
        try (file) {
            file.read(new SessionVisitor() {
                private long startNanos = System.nanoTime();
                private double startSeconds;
                private double lastPace = 1;

                @Override
                public void cycle(Cycle cycle) {
                    double at = cycle.times()[1] / 1e9;
                    if (await(at)) {
                        startNanos = System.nanoTime();
                        startSeconds = at;
                    }
                    seconds = at;
                    show(cycle);
                }

                /// Waits until a moment is due.
                ///
                /// @return true where the clock starts anew with it
                private boolean await(double at) {
                    synchronized (PlayedRecording.this) {
                        boolean anew = false;
                        while (true) {
                            if (closed) {
                                throw new CancellationException();
                            }
                            if (steps > 0) {
                                steps--;
                                return true;
                            }
                            anew |= paused || pace != lastPace;
                            lastPace = pace;
                            double due = anew || pace == UNLIMITED ? 0 : (at - startSeconds) / pace;
                            long left = startNanos + (long) (due * 1e9) - System.nanoTime();
                            if (!paused && left <= 0) {
                                return anew;
                            }
                            waitFor(paused ? Long.MAX_VALUE : left);
                        }
                    }
                }
            });
        } catch (CancellationException | UsageException over) {
            // Closed, or damaged from here on: what could be read was shown.
        } finally {
            ended = true;
        }
    }

    private synchronized void waitFor(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                wait();
            } else {
                java.util.concurrent.TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private void show(Cycle cycle) {
        long now = System.nanoTime();
        for (Ring watch : watches) {
            watch.offer(cycle, now);
        }
    }

    @Override
    public Watch watch(WatchSpec spec) {
        var watch = new Ring(spec);
        watches.add(watch);
        return watch;
    }

    @Override
    public synchronized void pace(double factor) {
        if (!(factor > 0)) {
            throw new UsageException("the pace must be above 0, not " + factor);
        }
        pace = factor;
        notifyAll();
    }

    @Override
    public synchronized double pace() {
        return pace;
    }

    @Override
    public synchronized void pause() {
        paused = true;
        notifyAll();
    }

    @Override
    public synchronized void proceed() {
        paused = false;
        notifyAll();
    }

    @Override
    public synchronized void advance(int more) {
        paused = true;
        steps += more;
        notifyAll();
    }

    @Override
    public synchronized boolean paused() {
        return paused;
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ring implements Watch {

        private final ArrayDeque<Sample> filled = new ArrayDeque<>();
        private final ArrayDeque<Sample> free = new ArrayDeque<>();
        private final long interval;
        private long due;
        private boolean begun;
        private long lost;

        Ring(WatchSpec spec) {
            interval = (long) (1e9 / spec.rate());
            for (int i = 0; i < spec.capacity(); i++) {
                free.add(new Sample(subject));
            }
        }

        synchronized void offer(Cycle cycle, long now) {
            if (begun && now - due < 0) {
                return;
            }
            due = begun && now - due < interval ? due + interval : now + interval;
            begun = true;
            Sample sample = free.poll();
            if (sample == null) {
                lost++;
                return;
            }
            int joints = cycle.joints();
            sample.at(cycle.number()[0], now);
            for (int i = 0; i < joints; i++) {
                sample.states()[i] = cycle.measured().positions()[i];
                sample.states()[joints + i] = cycle.measured().velocities()[i];
                sample.observations()[i] = (float) cycle.measured().positions()[i];
                sample.observations()[joints + i] = (float) cycle.measured().velocities()[i];
                sample.actions()[i] = (float) cycle.sent()[i];
            }
            poses.ifPresent(model -> model.write(cycle.measured().positions(), sample.poses()));
            filled.add(sample);
        }

        @Override
        public Subject subject() {
            return subject;
        }

        @Override
        public synchronized boolean read(Sample target) {
            Sample sample = target.subject() == subject ? filled.poll() : null;
            if (sample == null) {
                return false;
            }
            target.set(sample);
            free.add(sample);
            return true;
        }

        @Override
        public synchronized long lost() {
            return lost;
        }

        @Override
        public void pull(Optional<Pull> pull) {
            // What happened cannot be changed.
        }

        @Override
        public boolean live() {
            return !ended;
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
