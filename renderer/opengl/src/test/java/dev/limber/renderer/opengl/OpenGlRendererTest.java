package dev.limber.renderer.opengl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.Scene;
import dev.limber.renderer.software.SoftwareRenderer;
import dev.limber.testing.render.RendererContract;
import dev.limber.testing.render.SampleScenes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL30C;

/// The OpenGL renderer keeps to the contract, draws what the software renderer draws, and gives everything back. Skipped
/// where there is no OpenGL, except in CI.
class OpenGlRendererTest extends RendererContract {

    private static final OpenGlRenderer RENDERER = new OpenGlRenderer();
    private static final int SIZE = 96;
    private static final int NAMES = 2000;

    @BeforeAll
    static void needsOpenGl() {
        Optional<String> problem = RENDERER.problem();
        assertTrue(problem.isEmpty() || System.getenv("CI") == null, () -> "CI needs OpenGL: " + problem);
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
    }

    @Override
    protected Renderer renderer() {
        return RENDERER;
    }

    @Override
    protected Renderer another() {
        return new OpenGlRenderer();
    }

    @Override
    protected void stop(Renderer renderer) {
        ((OpenGlRenderer) renderer).stop();
    }

    @AfterAll
    static void end() {
        RENDERER.stop();
    }

    @Test
    void shapesLookAsTheSoftwareRendererDrawsThem() {
        var software = new SoftwareRenderer();
        try {
            SampleScenes.shapes().forEach((name, shape) -> {
                Scene scene = SampleScenes.of(name, shape);
                for (PictureSpec spec : new PictureSpec[] {PictureSpec.of(SIZE, SIZE),
                    PictureSpec.of(SIZE, SIZE).smoothed()}) {
                    int differing = differing(draw(software, scene, spec), draw(RENDERER, scene, spec), 24);
                    assertTrue(differing < 0.03 * SIZE * SIZE, differing + " pixels of a " + name + " differ");
                }
            });
        } finally {
            software.stop();
        }
    }

    private static byte[] draw(Renderer renderer, Scene scene, PictureSpec spec) {
        byte[] rgb = new byte[3 * spec.width() * spec.height()];
        try (Pictures pictures = renderer.open(scene, spec)) {
            pictures.submit(SampleScenes.pose(), scene.camera(), SampleScenes.overlay());
            pictures.colors(rgb);
        }
        return rgb;
    }

    @Test
    void opensAndClosesLeaveNothingOnTheDevice() {
        Scene scene = SampleScenes.twelveBodies();
        PictureSpec spec = PictureSpec.of(40, 40).withCopies(2).smoothed().withKinds(Kind.values());
        int rounds = Integer.getInteger("limber.rounds", 200);
        openAndClose(scene, spec);
        int before = objects();
        for (int i = 0; i < rounds; i++) {
            openAndClose(scene, spec);
        }
        assertEquals(before, objects(), "objects on the device after " + rounds + " opens and closes");
    }

    private static void openAndClose(Scene scene, PictureSpec spec) {
        try (Pictures pictures = RENDERER.open(scene, spec)) {
            pictures.submit(SampleScenes.posesOfTwelveBodies(2), scene.camera(), Overlay.none());
            pictures.colors(new byte[2 * 40 * 40 * 3]);
        }
    }

    private static int objects() {
        var count = new CompletableFuture<Integer>();
        RENDERER.thread().start(() -> count.complete(named(GL11C::glIsTexture) + named(GL15C::glIsBuffer)
                + named(GL30C::glIsFramebuffer) + named(GL30C::glIsRenderbuffer) + named(GL30C::glIsVertexArray)));
        return count.join();
    }

    private static int named(IntPredicate exists) {
        return (int) IntStream.range(1, NAMES).filter(exists).count();
    }
}
