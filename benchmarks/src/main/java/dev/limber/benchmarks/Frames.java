package dev.limber.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.Scene;
import dev.limber.renderer.opengl.OpenGlRenderer;
import dev.limber.renderer.software.SoftwareRenderer;
import dev.limber.testing.render.SampleScenes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// Frames per second of the renderers: twelve bodies over a chequered ground, read back as RGB. On a machine that does
/// other things too, the frames per second of CPU time, of all threads together, say more.
public final class Frames {

    private static final double SECONDS = 2;
    private static final int ROUNDS = 3;

    private Frames() {}

    /// @param arguments names of renderers; both where there are none
    public static void main(String[] arguments) {
        List<String> names = arguments.length == 0 ? List.of("opengl", "software") : List.of(arguments);
        for (String name : names) {
            Renderer renderer = name.equals("opengl") ? new OpenGlRenderer() : new SoftwareRenderer();
            System.out.println(name + ": " + renderer.device());
            PictureSpec small = PictureSpec.of(84, 84).withCopies(64);
            measure(renderer, "64 of 84x84", small.withoutShadows());
            measure(renderer, "64 of 84x84, shadows", small);
            measure(renderer, "640x480", PictureSpec.of(640, 480).withoutShadows());
            measure(renderer, "640x480, shadows", PictureSpec.of(640, 480));
            measure(renderer, "1280x720, shadows, smooth", PictureSpec.of(1280, 720).smoothed());
        }
        System.exit(0); // the renderers' threads have no other end here
    }

    private static void measure(Renderer renderer, String what, PictureSpec spec) {
        Scene scene = SampleScenes.twelveBodies();
        double[] poses = SampleScenes.posesOfTwelveBodies(spec.copies());
        byte[] rgb = new byte[3 * spec.copies() * spec.width() * spec.height()];
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (Pictures pictures = renderer.open(scene, spec)) {
            double best = 0;
            double bestPerCpu = 0;
            for (int round = 0; round <= ROUNDS; round++) { // the first warms up
                long frames = 0;
                long cpu = system.getProcessCpuTime();
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < SECONDS * 1e9) {
                    pictures.submit(poses, scene.camera(), Overlay.none());
                    pictures.colors(rgb);
                    frames += spec.copies();
                }
                if (round > 0) {
                    best = Math.max(best, frames / ((System.nanoTime() - begin) / 1e9));
                    bestPerCpu = Math.max(bestPerCpu, frames / ((system.getProcessCpuTime() - cpu) / 1e9));
                }
            }
            System.out.printf(Locale.ROOT, "  %-26s %6.0f frames/s, %6.0f per second of CPU time%n", what, best,
                    bestPerCpu);
        }
    }
}
