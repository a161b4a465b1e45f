package dev.limber.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A display that nobody sees, for tests that open windows. It is one process for all tests of this JVM. Where it cannot
/// be had, they are skipped and say what is missing.
final class VirtualDisplay implements BeforeAllCallback {

    private static boolean open;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (!open) {
            open();
            open = true;
        }
    }

    private static void open() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each,
                "Xvfb"))), "there is no Xvfb to open a window on; apt-get install xvfb");
        assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so")),
                "the JDK " + System.getProperty("java.home") + " has no windows; apt-get install openjdk-25-jdk");
        // It ends once this JVM has: AWT makes an end of its own where the display goes first.
        Process server = new ProcessBuilder("sh", "-c",
                "Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp & read -r _; kill $!")
                        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        setEnvironment("DISPLAY", ":" + firstLine(server));
        System.setProperty("java.awt.headless", "false");
    }

    private static String firstLine(Process server) throws IOException {
        String number = new BufferedReader(new InputStreamReader(server.getInputStream())).readLine();
        assumeTrue(number != null, "Xvfb does not start");
        return number.strip();
    }

    /// AWT asks the C library, which alone can be told otherwise once the JVM runs.
    @SuppressWarnings("restricted")
    private static void setEnvironment(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(linker.defaultLookup().findOrThrow("setenv"), FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new AssertionError("setenv answered " + result);
            }
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
