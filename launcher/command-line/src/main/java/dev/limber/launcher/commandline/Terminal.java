package dev.limber.launcher.commandline;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command prints.
///
/// @param out results
/// @param err errors, and all progress where the result is JSON
/// @param liveOut true where `out` is a terminal that can redraw a line
/// @param liveErr true where `err` is one
/// @param colour true where colours are wanted
/// @param columns width of the terminal [characters]
/// @param command what the user types for `limber`
record Terminal(PrintStream out, PrintStream err, boolean liveOut, boolean liveErr, boolean colour, int columns,
        String command) {

    private static final int USUAL_COLUMNS = 80;

    /// The terminal, or the files and pipes, of this process.
    ///
    /// Java cannot tell which of its streams are terminals; the script `limber` can and sets the properties
    /// `limber.terminal` ("out", "err", "out,err") and `limber.columns`.
    static Terminal ofProcess() {
        String live = System.getProperty("limber.terminal", "");
        boolean able = !"dumb".equals(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(System.out, System.err, able && live.contains("out"), able && live.contains("err"),
                able && (noColour == null || noColour.isEmpty()),
                columns(System.getenv("COLUMNS"), System.getProperty("limber.columns")),
                System.getProperty("limber.command", "./limber"));
    }

    /// The stream for progress and whether it can redraw.
    Stream progress(boolean json) {
        return json ? new Stream(err, liveErr) : new Stream(out, liveOut);
    }

    /// True where text beyond ASCII can be shown.
    boolean unicode() {
        return out.charset().equals(StandardCharsets.UTF_8);
    }

    private static int columns(String... widths) {
        for (String width : widths) {
            try {
                int columns = width == null ? 0 : Integer.parseInt(width.strip());
                if (columns > 0) {
                    return columns;
                }
            } catch (NumberFormatException ignored) {
                // No width is as good as a wrong one.
            }
        }
        return USUAL_COLUMNS;
    }

    /// A stream that may be able to redraw a line.
    record Stream(PrintStream printer, boolean live) {}
}
