package dev.limber.experiment.watch;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.Scene;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes samples of an environment for all who look at it, on the thread that steps it. Where nobody looks, a step costs
/// the reading of one field.
public final class Lookout {

    private static final LiveWatch[] NOBODY = {};

    private final StepGate gate;
    private final Consumer<String> notes;
    private volatile LiveWatch[] watches = NOBODY;
    private volatile boolean live = true;

    // Guarded by this.
    private Optional<Subject> subject = Optional.empty();

    // The stepping thread's.
    private final BodyPull pull = new BodyPull();
    private Environment environment;
    private int poseSize;
    private boolean pushable;
    private boolean stateful;
    private float[] actions = {};
    private final double[] contacts = new double[Sample.CONTACT * Sample.MAX_CONTACTS];

    /// @param gate before every step
    /// @param notes hears what could not be looked at
    public Lookout(StepGate gate, Consumer<String> notes) {
        this.gate = gate;
        this.notes = notes;
    }

    /// Looks at another environment from now on. The stepping thread.
    ///
    /// @param planned what it was made from
    public void watch(Environment environment, PlannedEnvironment planned) {
        this.environment = environment;
        stateful = true;
        actions = new float[environment.copies() * environment.spec().action().size()];
        announce(describe(environment, planned));
    }

    private Subject describe(Environment watched, PlannedEnvironment planned) {
        EnvironmentSpec spec = watched.spec();
        int[] all = new int[watched.copies()];
        Arrays.setAll(all, i -> i);
        try {
            Options options = planned.options().options();
            return new Subject(spec, planned.factory().scene(options), planned.factory().model(options),
                    watched.copies(), all, watched.pushable());
        } catch (Throwable failure) { // of a plug-in; what runs must not fail by being looked at
            notes.accept(spec.name() + " cannot show its scene: " + failure);
            return new Subject(spec, Optional.empty(), Optional.empty(), watched.copies(), all, false);
        }
    }

    private synchronized void announce(Subject whole) {
        subject = Optional.of(whole);
        poseSize = whole.poseSize();
        pushable = whole.pushable();
        for (LiveWatch watch : watches) {
            watch.show(whole);
        }
    }

    /// Lets go of the environment. The stepping thread.
    public void release() {
        environment = null;
    }

    /// Begins to look. Any thread.
    public Watch open(WatchSpec spec) {
        LiveWatch watch;
        synchronized (this) {
            watch = new LiveWatch(this, spec,
                    subject.orElseThrow(() -> new IllegalStateException("nothing runs yet that could be watched")));
            set(watch, true);
        }
        gate.wake();
        return watch;
    }

    synchronized void close(LiveWatch watch) {
        set(watch, false);
    }

    private void set(LiveWatch watch, boolean there) {
        List<LiveWatch> others = new ArrayList<>(List.of(watches));
        others.remove(watch);
        if (there) {
            others.add(watch);
        }
        watches = others.toArray(NOBODY);
    }

    /// Says that nothing more will happen. Any thread.
    public void end() {
        live = false;
    }

    boolean live() {
        return live;
    }

    /// Before a step: waits where the gate is shut, and pulls what is pulled. The stepping thread.
    public void beforeStep(double stepSeconds) {
        gate.pass(stepSeconds);
        for (LiveWatch watch : watches) {
            Optional<Pull> wanted = watch.pull();
            if (wanted.isPresent() && pushable && Scene.POSE * (wanted.get().body() + 1) <= poseSize
                    && wanted.get().copy() < environment.copies()) {
                pull(wanted.get(), stepSeconds);
            }
        }
    }

    private void pull(Pull wanted, double stepSeconds) {
        try {
            pull.apply(wanted, environment, poseSize, stepSeconds);
        } catch (Throwable failure) { // of a plug-in; what runs must not fail by being pulled at
            pushable = false;
            notes.accept(environment.spec().name() + " cannot be pulled at: " + failure);
        }
    }

    /// After a step. The stepping thread.
    ///
    /// @param taken environment steps taken so far, all copies together
    public void afterStep(float[] done, long taken) {
        LiveWatch[] looking = watches;
        if (looking.length > 0) {
            sample(looking, done, taken, false);
        }
        actions = done;
    }

    /// Shows the moment to those who have seen nothing yet, while nothing is stepped. The stepping thread.
    ///
    /// @param taken environment steps taken so far, all copies together
    public void glance(long taken) {
        sample(watches, actions, taken, true);
    }

    private void sample(LiveWatch[] looking, float[] done, long taken, boolean first) {
        long now = System.nanoTime();
        boolean slow = gate.slow();
        for (LiveWatch watch : looking) {
            if (environment != null && (first ? watch.waits() : watch.due(now, slow))) {
                Sample sample = watch.begin(now);
                if (sample != null && fill(sample, watch, done)) {
                    sample.at(taken, now);
                    watch.end();
                }
            }
        }
    }

    /// Fills a sample.
    ///
    /// @return false where the environment could not tell all of it, and is asked for less from now on
    private boolean fill(Sample sample, LiveWatch watch, float[] done) {
        int[] copies = watch.copies();
        try {
            bodies(sample, copies);
        } catch (Throwable failure) { // of a plug-in; what runs must not fail by being looked at
            notes.accept(environment.spec().name() + " cannot tell where its bodies are: " + failure);
            synchronized (this) {
                announce(subject.orElseThrow().withoutScene());
            }
            return false;
        }
        try {
            states(sample, copies);
        } catch (Throwable failure) { // the same
            notes.accept(environment.spec().name() + " cannot tell its state: " + failure);
            stateful = false;
            return false;
        }
        numbers(sample, copies, done);
        return true;
    }

    private void bodies(Sample sample, int[] copies) {
        Subject shown = sample.subject();
        for (int i = 0; i < copies.length; i++) {
            if (shown.poseSize() > 0) {
                environment.poses(copies[i], sample.poses(), i * shown.poseSize());
            }
            if (shown.maxContacts() > 0) {
                int count = environment.contacts(copies[i], contacts);
                sample.contactCounts()[i] = Math.min(count, Sample.MAX_CONTACTS);
                System.arraycopy(contacts, 0, sample.contacts(), i * contacts.length, contacts.length);
            }
        }
    }

    private void states(Sample sample, int[] copies) {
        if (!stateful) {
            Arrays.fill(sample.states(), Double.NaN);
            return;
        }
        int size = sample.subject().environment().stateNames().size();
        for (int i = 0; i < copies.length; i++) {
            environment.state(copies[i], sample.states(), i * size);
        }
    }

    /// What the environment has told already, when it was stepped.
    private void numbers(Sample sample, int[] copies, float[] done) {
        Subject shown = sample.subject();
        int n = environment.copies();
        int terms = shown.environment().rewardTerms().size();
        int picture = shown.pixelSize();
        for (int i = 0; i < copies.length; i++) {
            int copy = copies[i];
            row(environment.observations().values(), copy, sample.observations(), i, copies.length);
            row(done, copy, sample.actions(), i, copies.length);
            byte[] pixels = environment.observations().pixels();
            if (pixels.length > 0 && picture > 0) {
                System.arraycopy(pixels, copy * picture, sample.pixels(), i * picture, picture);
            }
            sample.rewards()[i] = environment.rewards()[copy];
            for (int k = 0; k < terms; k++) {
                sample.rewardTerms()[i * terms + k] = environment.rewardTerms()[k * n + copy];
            }
            sample.terminated()[i] = environment.terminated()[copy];
            sample.truncated()[i] = environment.truncated()[copy];
        }
    }

    private static void row(float[] from, int copy, float[] to, int i, int rows) {
        int width = to.length / rows;
        if (from.length >= (copy + 1) * width) {
            System.arraycopy(from, copy * width, to, i * width, width);
        }
    }
}
