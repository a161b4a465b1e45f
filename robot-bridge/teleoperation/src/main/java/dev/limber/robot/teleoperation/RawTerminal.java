package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The process's terminal, told to give each key at once and to show none. Ctrl-C still works.
final class RawTerminal {

    private static final Path TERMINAL = Path.of("/dev/tty");

    private RawTerminal() {}

    /// @return what puts it back in order
    /// @throws UsageException where there is no terminal
    static Runnable begin() {
        String before = stty("-g").strip();
        // Also when the process is told to end.
        var atExit = new Thread(() -> restore(before));
        Runtime.getRuntime().addShutdownHook(atExit);
        stty("-icanon", "-echo", "min", "1");
        return () -> {
            restore(before);
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException ending) {
                // It runs already.
            }
        };
    }

    private static void restore(String settings) {
        try {
            stty(settings);
        } catch (UsageException gone) {
            // Then there is nothing to put in order.
        }
    }

    private static String stty(String... arguments) {
        try {
            var command = new java.util.ArrayList<>(java.util.List.of("stty"));
            command.addAll(java.util.List.of(arguments));
            Process stty = new ProcessBuilder(command).redirectInput(TERMINAL.toFile()).redirectErrorStream(true)
                    .start();
            String output = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (stty.waitFor() != 0) {
                throw new IOException(output);
            }
            return output;
        } catch (IOException failure) {
            throw new UsageException(
                    "keys cannot be read: this process has no terminal; start it in one, or drive with "
                            + "--by gamepad");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UsageException("waiting for the terminal was interrupted");
        }
    }
}
