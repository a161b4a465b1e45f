package dev.limber.experiment.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment.Result;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Filming;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.video.VideoEncoder;
import dev.limber.api.video.VideoFile;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.LocalExperiments;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.catalog.InstalledPlugins.Installed;
import dev.limber.experiment.pixels.Drawn;
import dev.limber.physics.classiccontrol.CartPole;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmTest {

    private final List<Reel> reels = new ArrayList<>();
    private final LocalExperiments experiments = experiments((file, width, height, rate) -> {
        var reel = new Reel(file, width, height, rate);
        synchronized (reels) {
            reels.add(reel);
        }
        return reel;
    });

    @TempDir
    private Path temporary;

    /// A film that is kept in memory.
    private static final class Reel implements VideoFile {

        final Path file;
        final int width;
        final int height;
        final double rate;
        final List<byte[]> frames = new ArrayList<>();
        boolean finished;

        Reel(Path file, int width, int height, double rate) {
            this.file = file;
            this.width = width;
            this.height = height;
            this.rate = rate;
        }

        @Override
        public void add(byte[] rgb) {
            frames.add(rgb.clone());
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void close() {}
    }

    private static LocalExperiments experiments(VideoEncoder encoder) {
        InstalledPlugins plugins = Fixtures.plugins();
        plugins.add(new Installed<>(new PluginInfo(PluginKind.ENVIRONMENTS, "cart", "a cart-pole", "dev.limber.cart",
                "1.0.0", List.of()), new CartPole(), 0, 0, 17));
        plugins.studio().drawWith(Optional.of(new Drawn(Map.of("observation", "pixels"))));
        plugins.studio().filmWith(Optional.ofNullable(encoder));
        return new LocalExperiments(new ServiceCatalog(plugins));
    }

    private Result train(LocalExperiments laboratory, String environment, Map<String, String> settings,
            ExperimentListener listener) throws InterruptedException {
        var spec = new ExperimentSpec(environment, "nudge", settings, 1, OptionalLong.of(2000), OptionalInt.of(4),
                Device.CPU, Optional.of(temporary.resolve("run")));
        return laboratory.start(spec, listener).await();
    }

    private Evaluation film(Filming filming) {
        return experiments.evaluate(new EvaluationSpec(temporary.resolve("run"), Optional.empty(), "latest", 1, 3),
                filming, ExperimentListener.NONE);
    }

    @Test
    void evaluationsAreFilmedFromTheFirstPictureToTheLast() throws Exception {
        train(experiments, "cart", Map.of(), ExperimentListener.NONE);
        Path picture = temporary.resolve("new/picture.png");
        Evaluation seen = film(new Filming(Optional.of(temporary.resolve("film.mp4")), Optional.of(picture), 5, 64, 48,
                "scene"));
        Reel reel = reels.getFirst();
        assertTrue(reel.finished);
        assertEquals(seen.meanLength() + 1, reel.frames.size());
        assertEquals(64, reel.width);
        assertEquals(48, reel.height);
        assertEquals(50, reel.rate, 1e-9);
        for (int i = 1; i < reel.frames.size(); i++) {
            assertFalse(Arrays.equals(reel.frames.get(i - 1), reel.frames.get(i)), "nothing moves in frame " + i);
        }
        BufferedImage image = ImageIO.read(picture.toFile());
        byte[] fifth = reel.frames.get(5);
        for (int i = 0; i < 64 * 48; i++) {
            int expected = (fifth[3 * i] & 0xFF) << 16 | (fifth[3 * i + 1] & 0xFF) << 8 | fifth[3 * i + 2] & 0xFF;
            assertEquals(expected, image.getRGB(i % 64, i / 64) & 0xFFFFFF, "pixel " + i);
        }
        assertEquals(seen, experiments.evaluate(
                new EvaluationSpec(temporary.resolve("run"), Optional.empty(), "latest", 1, 3)),
                "it is only looked at");
    }

    @Test
    void whatCannotBeFilmedIsRefusedInOneLine() throws Exception {
        var filming = new Filming(Optional.empty(), Optional.of(temporary.resolve("p.png")), 0, 64, 48, "follow:pony");
        assertEquals("walk cannot be filmed: it publishes no scene", assertThrows(UsageException.class,
                () -> train(experiments, "walk", Map.of("videoEvery", "100"), ExperimentListener.NONE)).getMessage());
        assertEquals("option 'videoSize' takes even numbers of pixels, not '31x30'",
                assertThrows(UsageException.class, () -> train(experiments, "cart",
                        Map.of("videoEvery", "100", "videoSize", "31x30"), ExperimentListener.NONE)).getMessage());
        train(experiments, "cart", Map.of(), ExperimentListener.NONE);
        assertEquals("the camera names the body 'pony'; there are cart, pole",
                assertThrows(UsageException.class, () -> film(filming)).getMessage());
    }

    @Test
    void trainingsAreFilmedAndGoOnAsIfTheyWereNot() throws Exception {
        Result filmed = train(experiments, "cart", Map.of("videoEvery", "1000", "videoSize", "32x32"),
                ExperimentListener.NONE);
        Reel last = reels.getLast();
        assertEquals(temporary.resolve("run/videos/step-000002016.mp4"), last.file);
        assertTrue(last.finished && last.frames.size() > 1);
        Result plain = experiments(null).start(new ExperimentSpec("cart", "nudge", Map.of(), 1, OptionalLong.of(2000),
                OptionalInt.of(4), Device.CPU, Optional.of(temporary.resolve("plain"))), ExperimentListener.NONE)
                .await();
        assertEquals(plain.meanReturn(), filmed.meanReturn());
        assertEquals(plain.episodes(), filmed.episodes());
    }

    @Test
    void filmsThatFailAreToldAndTheTrainingGoesOn() throws Exception {
        var notes = new ArrayList<String>();
        var listener = new ExperimentListener() {
            @Override
            public synchronized void note(String message) {
                notes.add(message);
            }
        };
        LocalExperiments full = experiments((file, width, height, rate) -> new VideoFile() {
            @Override
            public void add(byte[] rgb) throws IOException {
                throw new IOException("the disk is full");
            }

            @Override
            public void finish() {}

            @Override
            public void close() {}
        });
        assertTrue(train(full, "cart", Map.of("videoEvery", "2000"), listener).finished());
        assertNotEquals(List.of(), notes);
        assertEquals("the film of step 2016 failed: the disk is full", notes.getFirst());
    }
}
