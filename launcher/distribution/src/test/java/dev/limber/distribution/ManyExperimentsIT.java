package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL30C;
import org.osgi.framework.ServiceReference;

/// Experiments that are started, seen and stopped leave nothing behind but their entry in the list. The system property
/// `limber.experiments` says how many.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 7_200, threadMode = ThreadMode.SEPARATE_THREAD)
class ManyExperimentsIT {

    private static final int FIRST = 10;
    private static final int ALL = Integer.getInteger("limber.experiments", 40);
    /// How many more of a class may be there than twice as many: what is seen for longer has more samples, and what ends is
    /// let go of soon after.
    private static final int SLACK = 10;
    /// A row of a histogram: its number, instances, bytes, and the class.
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(dev\\.limber\\.\\S+).*");
    /// What the lists of experiments, and of those that may drive a robot, are made of.
    private static final Pattern LISTED = Pattern
            .compile("dev\\.limber\\.(launcher\\.gui\\.(model|run)|api\\.(gui|experiment))"
                    + "\\..*|dev\\.limber\\.launcher\\.gui\\.robot\\.Drivers\\$Driver\\$OfRun"
                    + "|dev\\.limber\\.api\\.environment\\.EnvironmentSpec\\$RewardTerm");

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final WindowPlatform LIMBER = new WindowPlatform(() -> folder);

    @Test
    void experimentsThatHaveEndedAreForgotten() throws Exception {
        Path runs = folder.resolve("runs");
        try (var window = new OpenWindow(LIMBER.platform(), runs, "--show", "limber.view")) {
            var before = new TreeMap<String, Long>();
            int drawn = 0;
            for (int i = 1; i <= ALL; i++) {
                watchOne(window, runs.resolve("run-" + i));
                if (i == FIRST) {
                    before.putAll(instances());
                    drawn = objectsOfOpenGl();
                    tell(i);
                } else if (i % 100 == 0) {
                    tell(i);
                }
            }
            var more = new TreeMap<String, Long>();
            Map<String, Long> after = instances();
            tell(ALL);
            int drawnAfter = objectsOfOpenGl();
            assertTrue(drawnAfter < drawn + 5 * SLACK, drawnAfter + " objects of OpenGL, " + drawn + " at first");
            after.forEach((type, count) -> {
                long first = before.getOrDefault(type, 0L);
                if (!LISTED.matcher(type).matches() && count > 2 * first + SLACK) {
                    more.put(type, count - first);
                }
            });
            assertEquals(Map.of(), more, "more instances than after " + FIRST + " experiments");
        }
    }

    private static void watchOne(OpenWindow window, Path run) throws Exception {
        window.start(run);
        await("a picture of the cart", () -> LiveViewIT.blue(LiveViewIT.view()) > 200);
        window.stop();
    }

    /// How many instances there are of each class of Limber's, after a collection.
    private static Map<String, Long> instances() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()});
        var counts = new TreeMap<String, Long>();
        histogram.lines().map(ROW::matcher).filter(row -> row.matches())
                .forEach(row -> counts.merge(row.group(2), Long.valueOf(row.group(1)), Long::sum));
        return counts;
    }

    /// How many textures, buffers, vertex arrays and frame buffers the context that draws the view has; 0 where there is no OpenGL.
    private static int objectsOfOpenGl() throws Exception {
        ServiceReference<?> reference = LIMBER.platform().context().getAllServiceReferences(
                "dev.limber.api.render.Renderer",
                "(limber.name=opengl)")[0];
        Object renderer = reference.getBundle().getBundleContext().getService(reference);
        var count = new CompletableFuture<Integer>();
        // Asked for by a thread that gives way, as the view does.
        Thread asking = Thread.ofPlatform().priority(Thread.MIN_PRIORITY).start(() -> {
            try {
                Object thread = called(renderer, "thread");
                if ((boolean) called(thread, "gone")) {
                    count.complete(0);
                    return;
                }
                called(thread, "start", (Runnable) () -> count.complete(named(GL11C::glIsTexture)
                        + named(GL15C::glIsBuffer) + named(GL30C::glIsFramebuffer) + named(GL30C::glIsRenderbuffer)
                        + named(GL30C::glIsVertexArray)));
            } catch (ReflectiveOperationException failure) {
                count.completeExceptionally(failure);
            }
        });
        asking.join();
        return count.get();
    }

    private static Object called(Object object, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = Arrays.stream(object.getClass().getDeclaredMethods())
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == arguments.length).findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method.invoke(object, arguments);
    }

    private static int named(IntPredicate exists) {
        return (int) IntStream.range(1, 10_000).filter(exists).count();
    }

    /// Writes how much there is, for whoever asked for many.
    private static void tell(int experiments) throws Exception {
        System.gc(); // the collector that is used here does it at once
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        String resident = Files.isReadable(Path.of("/proc/self/status"))
                ? Files.readString(Path.of("/proc/self/status")).lines().filter(line -> line.startsWith("VmRSS"))
                        .findFirst().orElse("")
                : "";
        System.out.printf(Locale.ROOT,
                "%d experiments: heap %.1f MB, %s, %d classes, %d threads, %d objects of OpenGL%n",
                experiments, heap / 1e6, resident.replaceAll("\\s+", " "),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(), objectsOfOpenGl());
    }
}
