package dev.limber.experiment.play;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.experiment.Filming;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.experiment.pixels.CameraText;
import dev.limber.experiment.pixels.PixelSpec;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.run.PlainReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Films an episode of the greedy policy every so many steps of a training, on a thread of its own: the training waits for
/// a copy of the algorithm's state and for nothing else. While a film is being made one more can wait; another one that is
/// due takes its place.
public final class TrainingFilms implements AutoCloseable {

    private static final long FILM_STREAM = 4;

    private final Path folder;
    private final Consumer<String> notes;
    private final Thread thread;
    private Optional<Order> waiting = Optional.empty();
    private boolean last;
    private volatile boolean abandoned;

    /// A film to be made.
    private record Order(long step, Plan plan, State learned, Optional<State> seen) {}

    /// @param folder where films are put
    /// @param notes hears of films that fail or are left out
    public TrainingFilms(Path folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
        thread = Thread.ofPlatform().name("limber-films").daemon(true).start(this::work);
    }

    /// Throws unless films can be made as a plan wants them.
    public static void check(RunnerOptions options, PlannedEnvironment environment) {
        if (options.videoEvery() > 0) {
            filming(options, Path.of("film.mp4"));
            CameraText.parse("option 'videoCamera'", options.videoCamera(), Film.scene(environment));
            environment.studio().renderers();
            environment.studio().encoder();
        }
    }

    private static Filming filming(RunnerOptions options, Path file) {
        int[] size = PixelSpec.size("option 'videoSize'", options.videoSize());
        if (size[0] % 2 != 0 || size[1] % 2 != 0) {
            throw new UsageException(
                    "option 'videoSize' takes even numbers of pixels, not '" + options.videoSize() + "'");
        }
        return new Filming(Optional.of(file), Optional.empty(), 0, size[0], size[1], options.videoCamera());
    }

    /// Orders a film where one is due, on the training's thread.
    ///
    /// @param before steps before the last iteration
    /// @param step steps now
    public void look(long before, long step, Plan plan, Algorithm algorithm, Optional<Normalizer> normalizer) {
        long every = plan.runnerOptions().videoEvery();
        if (before / every == step / every) {
            return;
        }
        var order = new Order(step, plan, algorithm.save(), normalizer.map(Normalizer::save));
        Optional<Order> replaced;
        synchronized (this) {
            replaced = waiting;
            waiting = Optional.of(order);
            notifyAll();
        }
        replaced.ifPresent(film -> notes.accept("the film of step " + film.step()
                + " is left out, because the one before took so long; film less often"));
    }

    private void work() {
        try {
            for (Optional<Order> next = take(); next.isPresent(); next = take()) {
                make(next.get());
            }
        } catch (InterruptedException end) {
            // nobody interrupts it but the end of the process
        }
    }

    private synchronized Optional<Order> take() throws InterruptedException {
        while (waiting.isEmpty() && !last) {
            wait();
        }
        Optional<Order> next = waiting;
        waiting = Optional.empty();
        return next;
    }

    private void make(Order order) {
        Plan plan = order.plan;
        PlannedEnvironment played = plan.environment();
        Path file = folder.resolve(String.format(Locale.ROOT, "step-%09d.mp4", order.step));
        long seed = SeededRandom.childSeed(plan.seed(), FILM_STREAM);
        try (Film film = Film.open(filming(plan.runnerOptions(), file), played);
                Environment environment = played.create(1);
                Policy policy = plan.algorithmFactory().policy(
                        new PlayContext(played, played.spec(), 1, plan.algorithmOptions().options(), seed),
                        order.learned)) {
            Optional<Normalizer> normalizer = plan.createNormalizer();
            normalizer.ifPresent(part -> part.restore(order.seen.orElseThrow()));
            EpisodePlayer.play(environment, normalizer, policy, 1, seed, order.step, film,
                    () -> film.over() || abandoned);
            if (!abandoned) {
                film.finish();
            }
        } catch (IOException failure) { // the training goes on
            failed(order, PlainReason.of(failure));
        } catch (RuntimeException | LinkageError failure) {
            failed(order, String.valueOf(failure.getMessage()));
        }
    }

    private void failed(Order order, String reason) {
        notes.accept("the film of step " + order.step + " failed: " + reason);
    }

    /// Waits until the films that were ordered are made.
    public void await() throws InterruptedException {
        synchronized (this) {
            last = true;
            notifyAll();
        }
        thread.join();
    }

    /// Gives up the films that are not made yet.
    @Override
    public void close() {
        synchronized (this) {
            abandoned = true;
            last = true;
            waiting = Optional.empty();
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
