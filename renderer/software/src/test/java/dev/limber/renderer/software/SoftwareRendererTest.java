package dev.limber.renderer.software;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.Scene;
import dev.limber.physics.cartpole.CartPole;
import dev.limber.physics.classiccontrol.Acrobot;
import dev.limber.physics.classiccontrol.MountainCar;
import dev.limber.physics.classiccontrol.MountainCarContinuous;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.renderer.geometry.SceneGeometry;
import dev.limber.testing.render.GoldenPicture;
import dev.limber.testing.render.RendererContract;
import dev.limber.testing.render.SampleScenes;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The software renderer keeps to the contract, allocates no arrays per frame, and draws to the byte what lies in the resources.
class SoftwareRendererTest extends RendererContract {

    private static final SoftwareRenderer RENDERER = new SoftwareRenderer();
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final int SIZE = 96;

    @Override
    protected Renderer renderer() {
        return RENDERER;
    }

    @Override
    protected Renderer another() {
        return new SoftwareRenderer();
    }

    @Override
    protected void stop(Renderer renderer) {
        ((SoftwareRenderer) renderer).stop();
    }

    @AfterAll
    static void end() {
        RENDERER.stop();
    }

    @Test
    void everyShapeIsDrawnAsItWas() {
        SampleScenes.shapes().forEach((name, shape) -> assertGolden("shape-" + name, SampleScenes.of(name, shape),
                SampleScenes.pose(), PictureSpec.of(SIZE, SIZE), Overlay.none()));
    }

    @Test
    void overlayAndSmoothEdgesAreDrawnAsTheyWere() {
        Scene scene = SampleScenes.of("sphere", SampleScenes.shapes().get("sphere"));
        assertGolden("overlay", scene, SampleScenes.pose(), PictureSpec.of(SIZE, SIZE), SampleScenes.overlay());
        assertGolden("smooth", scene, SampleScenes.pose(), PictureSpec.of(SIZE, SIZE).smoothed(),
                SampleScenes.overlay());
    }

    @Test
    void everyEnvironmentIsDrawnAsItWas() {
        var environments = new LinkedHashMap<String, Map.Entry<EnvironmentFactory, double[]>>();
        environments.put("CartPole-v1", Map.entry(new dev.limber.physics.classiccontrol.CartPole(),
                new double[] {0.8, 0, 0.15, 0}));
        environments.put("Pendulum-v1", Map.entry(new Pendulum(), new double[] {2, 0}));
        environments.put("Acrobot-v1", Map.entry(new Acrobot(), new double[] {1, 0.8, 0, 0}));
        environments.put("MountainCar-v0", Map.entry(new MountainCar(), new double[] {0.1, 0}));
        environments.put("MountainCarContinuous-v0", Map.entry(new MountainCarContinuous(), new double[] {-1, 0}));
        // Poses of its physics are float, so it is drawn where they are exact.
        environments.put("CartPole-jbullet", Map.entry(new CartPole(new JBulletEngine()), new double[4]));
        environments.forEach((name, environment) -> {
            Scene scene = environment.getKey().scene(Options.defaults()).orElseThrow();
            double[] poses = new double[scene.poseSize()];
            try (Environment batch = environment.getKey().create(1, Options.defaults())) {
                batch.reset(new long[] {1});
                batch.setState(0, environment.getValue());
                batch.poses(0, poses, 0);
            }
            assertGolden(name, scene, poses, PictureSpec.of(SIZE, SIZE), Overlay.none());
        });
    }

    private static void assertGolden(String name, Scene scene, double[] poses, PictureSpec spec, Overlay overlay) {
        byte[] rgb = new byte[3 * spec.width() * spec.height()];
        try (Pictures pictures = RENDERER.open(scene, spec)) {
            pictures.submit(poses, scene.camera(), overlay);
            pictures.colors(rgb);
        }
        assertArrayEquals(GoldenPicture.expected(GOLDEN.resolve(name + ".png"), rgb, spec.width()), rgb,
                name + " differs; set -Dlimber.golden=write and look at what has changed");
    }

    @Test
    void frameAllocatesNoArrays() {
        Scene scene = SampleScenes.twelveBodies();
        PictureSpec spec = PictureSpec.of(32, 32).withCopies(4);
        double[] poses = SampleScenes.posesOfTwelveBodies(4);
        byte[] rgb = new byte[4 * 32 * 32 * 3];
        var geometry = new SceneGeometry(scene, 32);
        var canvas = new Canvas(scene, spec, geometry);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] depths = {};
        int[] segments = {};
        Runnable frames = () -> {
            for (int i = 0; i < 200; i++) {
                canvas.draw(i % 4, poses, scene.camera(), Overlay.none(), rgb, depths, segments);
            }
        };
        frames.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        frames.run();
        double perFrame = (threads.getCurrentThreadAllocatedBytes() - before) / 200.0;
        assertTrue(perFrame < 100, perFrame + " bytes per frame");
    }
}
