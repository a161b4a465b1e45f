package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.entries;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Experiments that are started, seen and stopped leave nothing behind but their entry in the list. The system property
/// `limber.experiments` says how many.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 7_200, threadMode = ThreadMode.SEPARATE_THREAD)
class ManyExperimentsIT {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));
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

    private static Platform platform;

    @BeforeAll
    static void startBundles() throws Exception {
        System.setProperty("limber.gui.settings", folder.resolve("settings").toString());
        System.setProperty("ai.djl.offline", "true");
        platform = Platform.start(HOME, folder.resolve("deploy"), StartLevel.GUI);
    }

    @AfterAll
    static void stopBundles() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void experimentsThatHaveEndedAreForgotten() throws Exception {
        Path runs = folder.resolve("runs");
        try (var window = new OpenWindow(platform, "gui", "--runs", runs.toString(), "--size", "1600x1000", "--show",
                "limber.view")) {
            window.type("run.steps", "50000000");
            var before = new TreeMap<String, Long>();
            for (int i = 1; i <= ALL; i++) {
                watchOne(window, runs.resolve("run-" + i), i);
                if (i == FIRST) {
                    before.putAll(instances());
                    tell(i, before);
                } else if (i % 100 == 0) {
                    tell(i, instances());
                }
            }
            var more = new TreeMap<String, Long>();
            Map<String, Long> after = instances();
            tell(ALL, after);
            after.forEach((type, count) -> {
                long first = before.getOrDefault(type, 0L);
                if (!LISTED.matcher(type).matches() && count > 2 * first + SLACK) {
                    more.put(type, count - first);
                }
            });
            assertEquals(Map.of(), more, "more instances than after " + FIRST + " experiments");
        }
    }

    private static void watchOne(OpenWindow window, Path run, int number) throws Exception {
        window.type("run.folder", run.toString());
        window.press("start");
        await("the run", () -> entries("runs").size() == number && text("run.phase").equals("running"));
        await("a picture of the cart", () -> LiveViewIT.blue(LiveViewIT.view()) > 200);
        window.press("Stop");
        await("its end", () -> text("run.phase").equals("stopped"));
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

    /// Writes how much there is, for whoever asked for many.
    private static void tell(int experiments, Map<String, Long> instances) throws Exception {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        String resident = Files.isReadable(Path.of("/proc/self/status"))
                ? Files.readString(Path.of("/proc/self/status")).lines().filter(line -> line.startsWith("VmRSS"))
                        .findFirst().orElse("")
                : "";
        System.out.printf(Locale.ROOT, "%d experiments: heap %.1f MB, %s, %d classes, %d threads, %s%n",
                experiments, heap / 1e6, resident.replaceAll("\\s+", " "),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                instances.entrySet().stream().filter(each -> each.getKey().matches(".*\\.(LiveWatch|GlTarget|"
                        + "OpenGlPictures|SoftwarePictures|LastingPictures|RunningExperiment|Sample|Observed)"))
                        .toList());
    }
}
