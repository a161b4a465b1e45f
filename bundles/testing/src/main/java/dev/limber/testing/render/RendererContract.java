package dev.limber.testing.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.Part;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;
import dev.limber.api.render.View;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every renderer must keep to. Extend it in the tests of a renderer and give one that can draw here.
@Timeout(120)
public abstract class RendererContract {

    private static final int WIDTH = 60;
    private static final int HEIGHT = 48;
    private static final PictureSpec SPEC = PictureSpec.of(WIDTH, HEIGHT);
    private static final PictureSpec ALL = SPEC.withKinds(Kind.COLOR, Kind.DEPTH, Kind.SEGMENTATION);
    private static final Scene SCENE = SampleScenes.twelveBodies();

    /// The renderer under test, which is not to be stopped.
    protected abstract Renderer renderer();

    /// A renderer that [#stop] may stop.
    protected abstract Renderer another();

    /// Stops a renderer as its bundle would.
    protected abstract void stop(Renderer renderer);

    private byte[] colors(Scene scene, PictureSpec spec, double[] poses, Camera camera, Overlay overlay) {
        byte[] rgb = new byte[3 * spec.copies() * spec.width() * spec.height()];
        try (Pictures pictures = renderer().open(scene, spec)) {
            pictures.submit(poses, camera, overlay);
            pictures.colors(rgb);
        }
        return rgb;
    }

    private byte[] colors(PictureSpec spec) {
        return colors(SCENE, spec, SampleScenes.posesOfTwelveBodies(spec.copies()), SCENE.camera(), Overlay.none());
    }

    @Test
    void deviceIsOneLine() {
        assertEquals(1, renderer().device().lines().count(), renderer().device());
        assertFalse(renderer().device().isBlank());
    }

    @Test
    void sameFrameGivesTheSameBytes() {
        PictureSpec spec = SPEC.withCopies(5);
        byte[] first = colors(spec);
        assertArrayEquals(first, colors(spec), "opened again");
        try (Pictures pictures = renderer().open(SCENE, spec)) {
            byte[] rgb = new byte[first.length];
            double[] poses = SampleScenes.posesOfTwelveBodies(5);
            for (int i = 0; i < 3; i++) {
                pictures.submit(poses, SCENE.camera(), Overlay.none());
                pictures.colors(rgb);
                assertArrayEquals(first, rgb, "frame " + i);
                pictures.submit(poses, new Camera.Orbit(Part.WORLD, Vector3.ZERO, 4, i, 0.5, 1), Overlay.none());
            }
        }
    }

    @Test
    void copiesOfABatchLookAsTheyDoAlone() {
        int copies = 7;
        byte[] batch = colors(SPEC.withCopies(copies));
        double[] poses = SampleScenes.posesOfTwelveBodies(copies);
        int size = 3 * WIDTH * HEIGHT;
        for (int i = 0; i < copies; i++) {
            byte[] alone = colors(SCENE, SPEC,
                    Arrays.copyOfRange(poses, i * SCENE.poseSize(), (i + 1) * SCENE.poseSize()), SCENE.camera(),
                    Overlay.none());
            byte[] tile = Arrays.copyOfRange(batch, i * size, (i + 1) * size);
            assertTrue(differing(tile, alone, 2) <= 0.002 * WIDTH * HEIGHT, "copy " + i);
        }
    }

    /// The number of pixels in which two pictures differ by more than `tolerance` of 255.
    public static int differing(byte[] first, byte[] second, int tolerance) {
        assertEquals(first.length, second.length);
        int count = 0;
        for (int i = 0; i < first.length; i += 3) {
            int most = 0;
            for (int k = 0; k < 3; k++) {
                most = Math.max(most, Math.abs((first[i + k] & 0xFF) - (second[i + k] & 0xFF)));
            }
            count += most > tolerance ? 1 : 0;
        }
        return count;
    }

    @Test
    void shadowsDarkenTheGroundAndNothingBecomesBrighter() {
        byte[] with = colors(SPEC);
        byte[] without = colors(SPEC.withoutShadows());
        int darker = 0;
        for (int i = 0; i < with.length; i++) {
            int change = (without[i] & 0xFF) - (with[i] & 0xFF);
            assertTrue(change >= -1, "a shadow has made a pixel brighter by " + -change);
            darker += change > 30 ? 1 : 0;
        }
        assertTrue(darker > 100, "shadows darken " + darker + " values");
    }

    @Test
    void smoothPicturesAreTheSameWithSofterEdges() {
        byte[] rough = colors(SPEC);
        byte[] smooth = colors(SPEC.smoothed());
        int differing = differing(rough, smooth, 40);
        assertTrue(differing > 10 && differing < 0.2 * WIDTH * HEIGHT, differing + " pixels differ");
    }

    @Test
    void distancesAndPartsAreThoseOfAWallAndTheGroundBeforeIt() {
        var wall = Part.fixed("wall", new Vector3(0, 3.1, 0), new Shape.Box(new Vector3(9, 0.1, 1)), Color.RED);
        Scene scene = Scene.of().part(wall).ground(Ground.checker(-1, 1)).build();
        for (Camera camera : new Camera[] {new Camera.Fixed(Vector3.ZERO, Vector3.Y, Math.PI / 2),
            new Camera.Orthographic(Vector3.ZERO, Vector3.Y, 6)}) {
            float[] metres = new float[WIDTH * HEIGHT];
            int[] parts = new int[WIDTH * HEIGHT];
            try (Pictures pictures = renderer().open(scene, ALL)) {
                pictures.submit(new double[0], camera, Overlay.none());
                pictures.depths(metres);
                pictures.segments(parts);
            }
            int middle = HEIGHT / 2 * WIDTH + WIDTH / 2;
            assertEquals(1, parts[middle], camera.toString());
            assertEquals(3, metres[middle], 1e-3, camera.toString());
            int top = WIDTH / 2;
            assertEquals(0, parts[top], camera.toString());
            assertEquals(View.FAR, metres[top], 0.01, camera.toString());
        }
        float[] metres = new float[WIDTH * HEIGHT];
        int[] parts = new int[WIDTH * HEIGHT];
        try (Pictures pictures = renderer().open(scene, ALL)) {
            pictures.submit(new double[0], new Camera.Fixed(Vector3.ZERO, Vector3.Y, Math.PI / 2), Overlay.none());
            pictures.depths(metres);
            pictures.segments(parts);
        }
        int bottom = (HEIGHT - 1) * WIDTH + WIDTH / 2;
        assertEquals(scene.groundSegment(), parts[bottom]);
        assertEquals(HEIGHT / (HEIGHT - 1.0), metres[bottom], 1e-3);
    }

    @Test
    void whatIsSeenIsWhereTheViewSaysForEveryCamera() {
        Vector3 place = new Vector3(0.7, 1.4, 0.6);
        Scene scene = Scene.of("ball", "head").part(Part.of("ball", 0, new Shape.Sphere(0.1), Color.RED)).build();
        double[] poses = {place.x(), place.y(), place.z(), 0, 0, 0, 1, 0.2, -2, 0.3, 0, 0, StrictMath.sqrt(0.5),
            StrictMath.sqrt(0.5)};
        Camera[] cameras = {new Camera.Fixed(new Vector3(0, -3, 1), new Vector3(0, 0, 0.4), 1),
            new Camera.Following(0, new Vector3(-2, -2, 1), 1),
            new Camera.Orbit(1, new Vector3(0, 1, 0), 5, 1.3, 0.4, 1),
            new Camera.FirstPerson(1, new Vector3(0, 0, 0.2), Quaternion.IDENTITY, 1),
            new Camera.Orthographic(new Vector3(3, -2, 3), new Vector3(0.3, 1, 0.4), 4),
            new Camera.Fixed(new Vector3(0.5, 1, 5), new Vector3(0.5, 1, 0), 1)};
        var view = new View();
        double[] seen = new double[3];
        for (Camera camera : cameras) {
            int[] parts = new int[WIDTH * HEIGHT];
            try (Pictures pictures = renderer().open(scene, SPEC.withKinds(Kind.SEGMENTATION))) {
                pictures.submit(poses, camera, Overlay.none());
                pictures.segments(parts);
            }
            view.look(camera, poses, 0, (double) WIDTH / HEIGHT);
            view.project(place.x(), place.y(), place.z(), WIDTH, HEIGHT, seen);
            double columns = 0;
            double rows = 0;
            int count = 0;
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] == 1) {
                    columns += i % WIDTH + 0.5;
                    rows += i / WIDTH + 0.5;
                    count++;
                }
            }
            assertTrue(count > 0, "the ball is not seen by " + camera);
            assertEquals(seen[0], columns / count, 0.7, camera.toString());
            assertEquals(seen[1], rows / count, 0.7, camera.toString());
        }
    }

    @Test
    void cameraInsideThingsCutsThemOpen() {
        Scene scene = Scene.of().part(Part.fixed("floor", new Vector3(0, 0, -1), new Shape.Plane(50, 50), Color.RED))
                .build();
        int[] parts = new int[WIDTH * HEIGHT];
        try (Pictures pictures = renderer().open(scene, SPEC.withKinds(Kind.SEGMENTATION))) {
            pictures.submit(new double[0], new Camera.Fixed(Vector3.ZERO, Vector3.Y, Math.PI / 2), Overlay.none());
            pictures.segments(parts);
        }
        assertEquals(1, parts[(HEIGHT - 1) * WIDTH], "lower left corner");
        assertEquals(1, parts[HEIGHT * WIDTH - 1], "lower right corner");
        assertEquals(0, parts[0], "upper left corner");
    }

    @Test
    void greysAreTheLuminanceOfTheColors() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        byte[] grey = new byte[WIDTH * HEIGHT];
        try (Pictures pictures = renderer().open(SCENE, SPEC)) {
            pictures.submit(SampleScenes.posesOfTwelveBodies(1), SCENE.camera(), Overlay.none());
            pictures.greys(grey);
            pictures.colors(rgb);
        }
        for (int i = 0; i < grey.length; i++) {
            double luminance = 0.299 * (rgb[3 * i] & 0xFF) + 0.587 * (rgb[3 * i + 1] & 0xFF)
                    + 0.114 * (rgb[3 * i + 2] & 0xFF);
            assertEquals(luminance, grey[i] & 0xFF, 0.51, "pixel " + i);
        }
    }

    @Test
    void overlayIsSeenInColorsAlone() {
        Scene scene = SampleScenes.of("box", SampleScenes.shapes().get("box"));
        byte[][] rgb = new byte[2][3 * WIDTH * HEIGHT];
        int[][] parts = new int[2][WIDTH * HEIGHT];
        float[][] metres = new float[2][WIDTH * HEIGHT];
        try (Pictures pictures = renderer().open(scene, ALL)) {
            for (int i = 0; i < 2; i++) {
                pictures.submit(SampleScenes.pose(), scene.camera(), i == 0 ? Overlay.none() : SampleScenes.overlay());
                pictures.colors(rgb[i]);
                pictures.depths(metres[i]);
                pictures.segments(parts[i]);
            }
        }
        assertTrue(differing(rgb[0], rgb[1], 20) > 50, "the overlay is not seen");
        assertArrayEquals(metres[0], metres[1]);
        assertArrayEquals(parts[0], parts[1]);
    }

    @Test
    void overlayOfOneCopyIsSeenInThatOneAlone() {
        var overlay = new Overlay();
        overlay.copy(1);
        overlay.onTop(true);
        overlay.point(0, 0, 0.5, 20, Color.RED);
        PictureSpec spec = SPEC.withCopies(3);
        double[] poses = SampleScenes.posesOfTwelveBodies(3);
        byte[] without = colors(spec);
        byte[] with = colors(SCENE, spec, poses, SCENE.camera(), overlay);
        int size = 3 * WIDTH * HEIGHT;
        for (int i = 0; i < 3; i++) {
            int differing = differing(Arrays.copyOfRange(without, i * size, (i + 1) * size),
                    Arrays.copyOfRange(with, i * size, (i + 1) * size), 0);
            assertEquals(i == 1, differing > 0, differing + " pixels of copy " + i);
        }
    }

    @Test
    void highlightedBodyLooksOtherwise() {
        var overlay = new Overlay();
        overlay.highlight(0);
        double[] poses = SampleScenes.posesOfTwelveBodies(1);
        int differing = differing(colors(SPEC), colors(SCENE, SPEC, poses, SCENE.camera(), overlay), 20);
        assertTrue(differing > 10 && differing < WIDTH * HEIGHT / 8, differing + " pixels differ");
    }

    @Test
    void severalThreadsDrawAtOnce() throws Exception {
        byte[] expected = colors(SPEC.withCopies(3));
        try (var threads = Executors.newFixedThreadPool(3)) {
            Callable<byte[]> task = () -> {
                byte[] rgb = {};
                for (int i = 0; i < 5; i++) {
                    rgb = colors(SPEC.withCopies(3));
                }
                return rgb;
            };
            for (Future<byte[]> drawn : threads.invokeAll(java.util.Collections.nCopies(3, task))) {
                assertArrayEquals(expected, drawn.get());
            }
        }
    }

    @Test
    void threadsThatDrawHaveThePriorityOfTheOneTheyDrawFor() throws Exception {
        Renderer fresh = another();
        try {
            Set<Thread> low = drawing(fresh, Thread.MIN_PRIORITY);
            Set<Thread> usual = drawing(fresh, Thread.NORM_PRIORITY);
            assertTrue(low.stream().allMatch(each -> each.getPriority() == Thread.MIN_PRIORITY), low.toString());
            assertTrue(usual.stream().allMatch(each -> each.getPriority() == Thread.NORM_PRIORITY), usual.toString());
            assertEquals(low.size(), usual.size());
        } finally {
            stop(fresh);
        }
    }

    /// The threads that a renderer starts to draw for a thread of a priority.
    private static Set<Thread> drawing(Renderer renderer, int priority) throws InterruptedException {
        Set<Thread> started = new HashSet<>();
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        Thread.ofPlatform().priority(priority).start(() -> {
            try (Pictures pictures = renderer.open(SCENE, SPEC)) {
                pictures.submit(SampleScenes.posesOfTwelveBodies(1), SCENE.camera(), Overlay.none());
                pictures.colors(new byte[3 * WIDTH * HEIGHT]);
                started.addAll(Thread.getAllStackTraces().keySet());
                started.remove(Thread.currentThread());
            }
        }).join();
        started.removeAll(before);
        return started;
    }

    @Test
    void posesOfTheCallerStayTheCallers() {
        byte[] expected = colors(SPEC);
        double[] poses = SampleScenes.posesOfTwelveBodies(1);
        byte[] rgb = new byte[expected.length];
        try (Pictures pictures = renderer().open(SCENE, SPEC)) {
            pictures.submit(poses, SCENE.camera(), Overlay.none());
            Arrays.fill(poses, 0);
            pictures.colors(rgb);
        }
        assertArrayEquals(expected, rgb);
    }

    @Test
    @SuppressWarnings("try") // closed twice on purpose
    void whatIsWrongIsRefusedInOneLine() {
        double[] poses = SampleScenes.posesOfTwelveBodies(1);
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        Pictures pictures = renderer().open(SCENE, SPEC);
        refuses(IllegalStateException.class, () -> pictures.colors(rgb));
        refuses(IllegalArgumentException.class, () -> pictures.submit(new double[3], SCENE.camera(), Overlay.none()));
        pictures.submit(poses, SCENE.camera(), Overlay.none());
        refuses(IllegalArgumentException.class, () -> pictures.colors(new byte[5]));
        refuses(IllegalStateException.class, () -> pictures.depths(new float[WIDTH * HEIGHT]));
        pictures.colors(rgb);
        pictures.close();
        pictures.close();
        refuses(IllegalStateException.class, () -> pictures.colors(rgb));
        refuses(IllegalStateException.class, () -> pictures.submit(poses, SCENE.camera(), Overlay.none()));
    }

    @Test
    void picturesOfAStoppedRendererSayThatItIsGone() {
        Renderer stopped = another();
        double[] poses = SampleScenes.posesOfTwelveBodies(1);
        try (Pictures pictures = stopped.open(SCENE, SPEC)) {
            pictures.submit(poses, SCENE.camera(), Overlay.none());
            stop(stopped);
            refuses(RendererGoneException.class, () -> pictures.colors(new byte[3 * WIDTH * HEIGHT]));
            refuses(RendererGoneException.class, () -> pictures.submit(poses, SCENE.camera(), Overlay.none()));
        }
        refuses(RendererGoneException.class, () -> stopped.open(SCENE, SPEC));
    }

    private static void refuses(Class<? extends RuntimeException> type,
            org.junit.jupiter.api.function.Executable call) {
        String message = String.valueOf(assertThrows(type, call).getMessage());
        assertTrue(!message.isBlank() && message.lines().count() == 1, "not one line: " + message);
    }
}
