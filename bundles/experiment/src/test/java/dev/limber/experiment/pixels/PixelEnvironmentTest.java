package dev.limber.experiment.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Environment;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Image;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.experiment.shard.ShardedEnvironment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelEnvironmentTest {

    private static final int COPIES = 5;
    private static final int SIZE = 16;
    private static final int STACK = 3;
    private static final int STEPS = 10_000;
    private static final long[] SEEDS = {4, 5, 6, 7, 8};

    private final Drawn drawn = new Drawn(Map.of("observation", "pixels", "pixelSize", "16", "pixelStack", STACK));

    /// The frame of one copy that a stack holds.
    ///
    /// @param age 0 for the newest
    private static byte[] frame(byte[] stacks, int copy, int age) {
        var frame = new byte[SIZE * SIZE];
        for (int pixel = 0; pixel < frame.length; pixel++) {
            frame[pixel] = stacks[(copy * frame.length + pixel) * STACK + STACK - 1 - age];
        }
        return frame;
    }

    /// Draws one copy on its own.
    private byte[] draw(Pictures pictures, double[] poses, int copy) {
        int size = poses.length / COPIES;
        var grey = new byte[SIZE * SIZE];
        pictures.submit(Arrays.copyOfRange(poses, copy * size, (copy + 1) * size), drawn.pixels().camera(),
                Overlay.none());
        pictures.greys(grey);
        return grey;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stacksHoldTheLastFramesOfTheEpisodeAndItsEndStaysReadable(int threads) {
        var spec = new PictureSpec(SIZE, SIZE, 1, false, true, Set.of(PictureSpec.Kind.COLOR));
        int ends = 0;
        try (var environment = new PixelEnvironment(
                ShardedEnvironment.create(drawn.plain(), Options.defaults(), COPIES, threads), drawn.pixels(), drawn);
                Environment plain = drawn.plain().create(COPIES, Options.defaults());
                Pictures pictures = drawn.open(Drawn.scene(), spec, "software")) {
            environment.reset(SEEDS);
            plain.reset(SEEDS);
            var poses = new double[COPIES * Drawn.scene().poseSize()];
            var before = new byte[COPIES][STACK][];
            plain.poses(poses);
            for (int i = 0; i < COPIES; i++) {
                Arrays.fill(before[i], draw(pictures, poses, i));
            }
            var actions = new float[COPIES];
            for (int step = 0; step < 40; step++) {
                for (int i = 0; i < COPIES; i++) {
                    for (int age = 0; age < STACK; age++) {
                        assertArrayEquals(before[i][age], frame(environment.observations().pixels(), i, age),
                                "step " + step + " copy " + i + " age " + age);
                    }
                }
                Arrays.fill(actions, step / 3 % 2);
                environment.step(actions);
                plain.step(actions);
                for (int i = 0; i < COPIES; i++) {
                    plain.poses(poses);
                    byte[] newest = draw(pictures, poses, i);
                    if (plain.terminated()[i]) {
                        ends++;
                        plain.finalPoses(poses);
                        byte[] stacks = environment.finalObservations().pixels();
                        assertArrayEquals(draw(pictures, poses, i), frame(stacks, i, 0), "the end");
                        assertArrayEquals(before[i][0], frame(stacks, i, 1), "the frame before the end");
                        Arrays.fill(before[i], newest);
                    } else {
                        before[i] = new byte[][] {newest, before[i][0], before[i][1]};
                    }
                }
            }
        }
        assertTrue(ends >= COPIES, "only " + ends + " episodes have ended");
    }

    @Test
    void stepsThatNobodyLooksAtAreOnTheStackToo() {
        try (Environment seen = drawn.create(COPIES, Options.defaults());
                Environment unseen = drawn.create(COPIES, Options.defaults())) {
            seen.reset(SEEDS);
            unseen.reset(SEEDS);
            var actions = new float[COPIES];
            for (int step = 0; step < 30; step++) {
                seen.step(actions);
                seen.observations();
                seen.finalObservations();
                unseen.step(actions);
            }
            assertArrayEquals(seen.observations().pixels(), unseen.observations().pixels());
        }
    }

    @ParameterizedTest
    @CsvSource({"grey,1", "rgb,3", "depth,1", "segmentation,1"})
    void everyKindShowsWhatTheRendererDraws(String kind, int channels) {
        var other = new Drawn(Map.of("observation", "pixels+state", "pixelSize", "20x14", "pixelStack", 2, "pixelKind",
                kind, "pixelRange", 20.0, "pixelSmooth", false));
        var picture = new PictureSpec(20, 14, 2, false, false, Set.of(PictureSpec.Kind.values()));
        try (Environment environment = other.create(2, Options.defaults());
                Pictures pictures = other.open(Drawn.scene(), picture, "software")) {
            environment.reset(new long[] {1, 2});
            environment.step(new float[] {0, 1});
            assertEquals(new Image(14, 20, 2 * channels, 2), environment.spec().image().orElseThrow());
            assertEquals(8, environment.observations().values().length);
            byte[] pixels = environment.observations().pixels();
            var poses = new double[2 * Drawn.scene().poseSize()];
            environment.poses(poses);
            pictures.submit(poses, Drawn.scene().camera(), Overlay.none());
            var bytes = new byte[2 * 20 * 14 * channels];
            var metres = new float[2 * 20 * 14];
            var parts = new int[2 * 20 * 14];
            pictures.depths(metres);
            pictures.segments(parts);
            switch (kind) {
                case "grey" -> pictures.greys(bytes);
                case "rgb" -> pictures.colors(bytes);
                case "depth" -> {
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) Math.min(255, Math.round(255 * metres[i] / 20));
                    }
                }
                default -> {
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) parts[i];
                    }
                }
            }
            var newest = new byte[bytes.length];
            for (int pixel = 0; pixel < 2 * 20 * 14; pixel++) {
                System.arraycopy(pixels, (2 * pixel + 1) * channels, newest, pixel * channels, channels);
            }
            assertArrayEquals(bytes, newest);
            assertTrue(new String(newest, StandardCharsets.ISO_8859_1).chars().distinct().count() > 3,
                    "there is hardly anything to see");
        }
    }

    @Test
    void whatGoesOnFromASavedStateSeesTheSame() {
        try (Environment environment = drawn.create(COPIES, Options.defaults());
                Environment other = drawn.create(COPIES, Options.defaults())) {
            environment.reset(SEEDS);
            other.reset(new long[COPIES]);
            var actions = new float[] {0, 1, 0, 1, 1};
            boolean ended = false;
            for (int step = 0; !ended; step++) { // until an end that nobody has looked at
                environment.step(actions);
                for (boolean each : environment.terminated()) {
                    ended |= each;
                }
            }
            other.restore(environment.save());
            for (int step = 0; step < 15; step++) {
                assertArrayEquals(environment.observations().pixels(), other.observations().pixels());
                assertArrayEquals(environment.finalObservations().pixels(), other.finalObservations().pixels());
                environment.step(actions);
                other.step(actions);
            }
            var larger = new Drawn(Map.of("observation", "pixels", "pixelSize", "17", "pixelStack", STACK));
            try (Environment misfit = larger.create(COPIES, Options.defaults())) {
                assertThrows(IncompatibleStateException.class, () -> misfit.restore(environment.save()));
            }
        }
    }

    @Test
    void stepsAllocateNothingBesidesWhatTheEnvironmentDoes() {
        var poses = new double[COPIES * Drawn.scene().poseSize()];
        try (Environment plain = drawn.plain().create(COPIES, Options.defaults());
                Environment environment = new PixelEnvironment(drawn.plain().create(COPIES, Options.defaults()),
                        drawn.pixels(), new Unlit())) {
            long own = allocated(plain, () -> {
                plain.poses(poses);
                plain.finalPoses(poses);
            });
            long all = allocated(environment, () -> {
                environment.observations();
                environment.finalObservations();
            });
            assertTrue(all - own < STEPS, all - own + " bytes in " + STEPS + " steps");
        }
    }

    /// What so many steps cost at least, once all is compiled [B].
    private static long allocated(Environment environment, Runnable look) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var actions = new float[COPIES];
        environment.reset(SEEDS);
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < STEPS; step++) {
                environment.step(actions);
                look.run();
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pixelSize|big|option 'pixelSize' takes 64, 84 or WIDTHxHEIGHT from 8 to 4096 pixels, not 'big'",
        "pixelSize|4x4|option 'pixelSize' takes 64, 84 or WIDTHxHEIGHT from 8 to 4096 pixels, not '4x4'",
        "pixelCamera|follow:pony|option 'pixelCamera' names the body 'pony'; there are cart, pole",
        "pixelCamera|orbit:1,2,0|option 'pixelCamera' takes scene, follow:BODY or follow:BODY,X,Y,Z, first-person:BODY, "
                + "orbit:AZIMUTH,ELEVATION,DISTANCE or fixed:X,Y,Z,TARGET_X,TARGET_Y,TARGET_Z, not 'orbit:1,2,0'"})
    void whatCannotBeIsRefusedInOneLine(String option, String value, String message) {
        assertEquals(message, assertThrows(UsageException.class,
                () -> new Drawn(Map.of("observation", "pixels", option, value))).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scene", "follow:cart", "follow:pole,0,-3,1", "first-person:pole", "orbit:90,20,6",
        "fixed:0,-5,1,0,0,0"})
    void camerasLookAtTheScene(String camera) {
        var other = new Drawn(Map.of("observation", "pixels", "pixelSize", "32", "pixelCamera", camera, "pixelKind",
                "segmentation", "pixelStack", 1));
        try (Environment environment = other.create(1, Options.defaults())) {
            environment.reset(new long[1]);
            byte[] parts = environment.observations().pixels();
            boolean nothing = true;
            for (byte part : parts) {
                nothing &= part == parts[0];
            }
            assertFalse(nothing);
        }
    }

    /// Draws nothing, and so allocates nothing that is not the environment's own doing.
    private record Unlit() implements Renderers {

        @Override
        public Pictures open(Scene scene, PictureSpec spec, String renderer) {
            return new Pictures() {
                @Override
                public PictureSpec spec() {
                    return spec;
                }

                @Override
                public void submit(double[] poses, Camera camera, Overlay overlay) {}

                @Override
                public void colors(byte[] rgb) {}

                @Override
                public void greys(byte[] grey) {}

                @Override
                public void depths(float[] metres) {}

                @Override
                public void segments(int[] parts) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public String chosen() {
            return AUTO;
        }

        @Override
        public String device() {
            return "nothing";
        }
    }
}
