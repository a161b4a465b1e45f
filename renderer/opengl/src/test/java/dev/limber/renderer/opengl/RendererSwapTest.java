package dev.limber.renderer.opengl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.testing.render.SampleScenes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/// In a real framework, the renderers' bundles come and go while frames are taken.
@Timeout(180)
class RendererSwapTest {

    /// Their packages come from the class path, as LWJGL's do in the launcher.
    private static final List<String> SHARED = List.of("dev.limber.api.plugin.Options",
            "org.osgi.service.component.ComponentConstants", "org.osgi.util.promise.Promise",
            "org.osgi.util.function.Function", "com.fasterxml.jackson.jr.ob.JSON",
            "com.fasterxml.jackson.core.JsonFactory", "dev.limber.renderer.geometry.SceneGeometry");
    private static final String LWJGL = "org.lwjgl,org.lwjgl.egl,org.lwjgl.opengl,org.lwjgl.system";
    private static final List<String> BUNDLES = List.of("org.apache.felix.scr.info.ScrInfo",
            "org.apache.felix.metatype.OCD", "dev.limber.experiment.LocalExperiments");
    private static final int FRAMES = 20;

    @TempDir
    Path cache;

    @Test
    void framesGoOnWhileRenderersAreReplaced() throws Exception {
        var probe = new OpenGlRenderer();
        var problem = probe.problem();
        probe.stop();
        assertTrue(problem.isEmpty() || System.getenv("CI") == null, () -> "CI needs OpenGL: " + problem);
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
        var packages = new ArrayList<String>(List.of(LWJGL));
        for (String type : SHARED) {
            packages.add(manifest(type).getMainAttributes().getValue("Export-Package").replaceAll(";uses:=\"[^\"]*\"",
                    ""));
        }
        Framework framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", packages), "felix.log.level", "0"));
        framework.start();
        try {
            for (String type : BUNDLES) {
                install(framework, type);
            }
            Bundle software = install(framework, "dev.limber.renderer.software.SoftwareRenderer");
            Bundle opengl = install(framework, "dev.limber.renderer.opengl.OpenGlRenderer");
            var tracker = new ServiceTracker<Renderers, Renderers>(framework.getBundleContext(), Renderers.class, null);
            tracker.open();
            Renderers renderers = tracker.waitForService(20_000);
            assertTrue(renderers.device().startsWith("opengl: "), renderers.device());
            takeFramesWhile(renderers, new Step(opengl::stop, "software"), new Step(opengl::start, "opengl"),
                    new Step(software::stop, "opengl"),
                    new Step(() -> opengl.update(new ByteArrayInputStream(
                            jarOf("dev.limber.renderer.opengl.OpenGlRenderer"))), "opengl"),
                    new Step(software::start, "opengl"), new Step(opengl::uninstall, "software"));
        } finally {
            framework.stop();
            framework.waitForStop(20_000);
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    /// A change, and which renderer is the best after it.
    private record Step(Change change, String best) {}

    private static void takeFramesWhile(Renderers renderers, Step... steps) throws Exception {
        Scene scene = SampleScenes.twelveBodies();
        PictureSpec spec = PictureSpec.of(48, 48).withCopies(3);
        var frames = new AtomicInteger();
        var failure = new AtomicReference<Throwable>();
        Pictures pictures = renderers.open(scene, spec);
        Thread taker = Thread.ofPlatform().start(() -> {
            byte[] rgb = new byte[3 * 48 * 48 * 3];
            double[] poses = SampleScenes.posesOfTwelveBodies(3);
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    java.util.Arrays.fill(rgb, (byte) 0);
                    pictures.submit(poses, scene.camera(), Overlay.none());
                    pictures.colors(rgb);
                    int sum = 0;
                    for (byte value : rgb) {
                        sum += value & 0xFF;
                    }
                    if (sum < 50 * rgb.length) {
                        throw new AssertionError("a frame is dark");
                    }
                    frames.incrementAndGet();
                }
            } catch (Throwable thrown) { // the test gets it
                failure.set(thrown);
            }
        });
        try {
            awaitFrames(frames, failure);
            for (Step step : steps) {
                step.change().make();
                awaitFrames(frames, failure);
                assertTrue(renderers.device().startsWith(step.best()), renderers.device());
            }
        } finally {
            taker.interrupt();
            taker.join();
        }
        assertEquals(null, failure.get());
        pictures.close();
    }

    private static void awaitFrames(AtomicInteger frames, AtomicReference<Throwable> failure) {
        int goal = frames.get() + FRAMES;
        while (frames.get() < goal) {
            if (failure.get() != null) {
                throw new AssertionError("frames have ended", failure.get());
            }
            Thread.yield();
        }
    }

    private static Bundle install(Framework framework, String type) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle("test:" + type,
                new ByteArrayInputStream(jarOf(type)));
        bundle.start();
        return bundle;
    }

    private static Path place(String type) throws Exception {
        Class<?> loaded = Class.forName(type, false, RendererSwapTest.class.getClassLoader());
        return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Manifest manifest(String type) throws Exception {
        Path place = place(type);
        try (InputStream in = Files.isDirectory(place)
                ? Files.newInputStream(place.resolve("META-INF/MANIFEST.MF"))
                : new URI("jar:" + place.toUri() + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
            return new Manifest(in);
        }
    }

    /// The jar that a class is in; where the build has not packed it yet, it is packed here.
    private static byte[] jarOf(String type) throws Exception {
        Path place = place(type);
        if (!Files.isDirectory(place)) {
            return Files.readAllBytes(place);
        }
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(place)) {
            // The manifest comes first.
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> !file.endsWith("MANIFEST.MF"))).toList()) {
                jar.putNextEntry(new ZipEntry(place.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
