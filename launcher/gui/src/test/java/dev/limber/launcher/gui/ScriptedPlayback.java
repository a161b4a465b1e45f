package dev.limber.launcher.gui;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.experiment.Playback;
import dev.limber.api.plugin.Options;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// A real environment that shows the states that a test puts it into, one sample for each.
public final class ScriptedPlayback implements Playback {

    private final Environment environment;
    private final Subject subject;
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final Path run;
    private long steps;
    private double pace = 1;
    private boolean paused;
    private int advanced;

    /// @param factory makes the environment
    /// @param copies how many are watched
    public ScriptedPlayback(Path run, EnvironmentFactory factory, int copies) {
        this.run = run;
        environment = factory.create(copies, Options.defaults());
        environment.reset(new long[copies]);
        subject = new Subject(environment.spec(), factory.scene(Options.defaults()), Optional.empty(), copies,
                IntStream.range(0, copies).toArray(), false);
    }

    /// Shows a state of all copies.
    public void show(double... state) {
        for (int i = 0; i < environment.copies(); i++) {
            environment.setState(i, state);
        }
        var sample = new Sample(subject);
        for (int i = 0; i < environment.copies(); i++) {
            environment.poses(i, sample.poses(), i * subject.poseSize());
            environment.state(i, sample.states(), i * state.length);
        }
        System.arraycopy(environment.observations().values(), 0, sample.observations(), 0,
                sample.observations().length);
        steps += environment.copies();
        sample.at(steps, System.nanoTime());
        samples.add(sample);
    }

    /// Single steps that were asked for.
    public int advanced() {
        return advanced;
    }

    @Override
    public Watch watch(WatchSpec spec) {
        return new Watch() {
            @Override
            public Subject subject() {
                return subject;
            }

            @Override
            public boolean read(Sample target) {
                Sample next = samples.poll();
                if (next != null) {
                    target.set(next);
                }
                return next != null;
            }

            @Override
            public long lost() {
                return 0;
            }

            @Override
            public void pull(Optional<Pull> pull) {
                throw new AssertionError("bodies of this environment cannot be pulled");
            }

            @Override
            public boolean live() {
                return true;
            }

            @Override
            public void close() {
                samples.clear();
            }
        };
    }

    @Override
    public void pace(double factor) {
        pace = factor;
    }

    @Override
    public double pace() {
        return pace;
    }

    @Override
    public void advance(int number) {
        paused = true;
        advanced += number;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void proceed() {
        paused = false;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public Path run() {
        return run;
    }

    @Override
    public long checkpointStep() {
        return 0;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public void close() {
        environment.close();
    }
}
