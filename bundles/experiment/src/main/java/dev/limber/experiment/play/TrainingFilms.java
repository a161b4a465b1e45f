package dev.limber.experiment.play;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.experiment.Filming;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.experiment.pixels.CameraText;
import dev.limber.experiment.pixels.PixelSpec;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlannedEnvironment;
import dev.limber.experiment.plan.RunnerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Films an episode of the greedy policy every so many steps of a training, on a thread of its own: the training waits for
/// a copy of the algorithm's state and for nothing else. While a film is being made the next one is left out.
public final class TrainingFilms implements AutoCloseable {

    private static final long FILM_STREAM = 4;

    private final Path folder;
    private final Consumer<String> notes;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});
    private volatile boolean abandoned;

    /// @param folder where films are put
    /// @param notes hears of films that fail or are left out
    public TrainingFilms(Path folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /// Throws unless films can be made as a plan wants them.
    public static void check(RunnerOptions options, PlannedEnvironment environment) {
        if (options.videoEvery() > 0) {
            filming(options, Path.of("film.mp4"));
            CameraText.parse("option 'videoCamera'", options.videoCamera(),
                    Film.scene(environment));
            environment.studio().renderers();
            environment.studio().encoder();
        }
    }

    private static Filming filming(RunnerOptions options, Path file) {
        int[] size = PixelSpec.size("option 'videoSize'", options.videoSize());
        return new Filming(Optional.of(file), Optional.empty(), 0, size[0], size[1], options.videoCamera());
    }

    /// Begins a film where one is due, on the training's thread.
    ///
    /// @param before steps before the last iteration
    /// @param step steps now
    public void look(long before, long step, Plan plan, Algorithm algorithm, Optional<Normalizer> normalizer) {
        RunnerOptions options = plan.runnerOptions();
        long every = options.videoEvery();
        if (every <= 0 || before / every == step / every) {
            return;
        }
        if (thread.isAlive()) {
            notes.accept("the film of step " + step + " is left out: the one before is still being made");
            return;
        }
        State learned = algorithm.save();
        Optional<State> seen = normalizer.map(Normalizer::save);
        Path file = folder.resolve(String.format(Locale.ROOT, "step-%09d.mp4", step));
        thread = Thread.ofPlatform().name("limber-film-" + step).daemon(true)
                .start(() -> make(filming(options, file), plan, learned, seen));
    }

    private void make(Filming filming, Plan plan, State learned, Optional<State> seen) {
        PlannedEnvironment played = plan.environment();
        long seed = SeededRandom.childSeed(plan.seed(), FILM_STREAM);
        try (Film film = Film.open(filming, played);
                Environment environment = played.create(1);
                Policy policy = plan.algorithmFactory().policy(
                        new PlayContext(played, played.spec(), 1, plan.algorithmOptions().options(), seed), learned)) {
            Optional<Normalizer> normalizer = plan.createNormalizer();
            normalizer.ifPresent(part -> part.restore(seen.orElseThrow()));
            EpisodePlayer.play(environment, normalizer, policy, 1, seed, 0, film, () -> film.over() || abandoned);
            if (!abandoned) {
                film.finish();
            }
        } catch (IOException | RuntimeException | LinkageError failure) { // the training goes on
            notes.accept("the film " + filming.video().get().getFileName() + " failed: "
                    + Arrays.stream(String.valueOf(failure.getMessage()).split("\n")).findFirst().orElse(""));
        }
    }

    /// Lets the film that is being made come to its end.
    public void await() throws InterruptedException {
        thread.join();
    }

    /// Gives up the film that is being made.
    @Override
    public void close() {
        abandoned = true;
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
