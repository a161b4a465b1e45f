package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process ends, by a signal say, without stopping its framework.
@Timeout(120)
class ShutdownTest {

    @TempDir
    private Path home;

    @Test
    void aJarThatFailsWhileTheProcessEndsIsLeftAlone() throws Exception {
        File out = home.resolve("out").toFile();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-cp", System.getProperty("java.class.path"), Ending.class.getName(), home.toString())
                        .redirectErrorStream(true).redirectOutput(out).start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), Files.readString(out.toPath()));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(out.toPath()));
        assertTrue(Files.exists(home.resolve("deploy/late.jar")));
        assertFalse(Files.exists(home.resolve("deploy/quarantine")));
    }

    /// A process that ends while it starts a jar, which fails because of that.
    static final class Ending {

        private Ending() {}

        /// @param arguments the folder to work in
        public static void main(String[] arguments) throws Exception {
            LiveLaboratory laboratory = LiveLaboratory.start(Path.of(arguments[0]), Map.of());
            laboratory.drop("late.jar", HostileJars.activator("""
                    try {
                        while (true) {
                            Runtime.getRuntime().removeShutdownHook(new Thread());
                            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                        }
                    } catch (IllegalStateException shutdown) {
                        throw new IllegalStateException("nothing works any more");
                    }
                    """));
            LiveLaboratory.await("its activation", () -> runs("limber-start-com.example.drift"));
            // Until the jar has been dealt with.
            Runtime.getRuntime().addShutdownHook(new Thread(
                    () -> LiveLaboratory.await("the end of what was being done", () -> !runs("limber-deploy-"))));
            System.exit(0);
        }

        private static boolean runs(String thread) {
            return Thread.getAllStackTraces().keySet().stream().anyMatch(each -> each.getName().startsWith(thread));
        }
    }
}
