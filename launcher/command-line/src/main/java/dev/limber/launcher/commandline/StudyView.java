package dev.limber.launcher.commandline;

import dev.limber.api.study.Study.Status;
import dev.limber.api.study.StudyListener;
import java.io.PrintStream;
import java.util.Locale;

/// Shows how a study gets on: one line that is redrawn on a terminal, a line every ten seconds elsewhere.
final class StudyView implements StudyListener {

    private static final String ERASE = "\r\u001b[K";
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream printer;
    private final boolean live;
    private final int columns;
    private boolean drawn;
    private boolean finished;
    private String last = "";
    private long nextNanos = System.nanoTime() + LINE_NANOS;

    StudyView(Terminal terminal) {
        printer = terminal.out();
        live = terminal.liveOut();
        columns = terminal.columns();
    }

    @Override
    public synchronized void progress(Status status) {
        if (finished) {
            return;
        }
        last = text(status);
        if (live) {
            draw();
        } else if (System.nanoTime() >= nextNanos) {
            nextNanos = System.nanoTime() + LINE_NANOS;
            printer.println(last);
        }
    }

    @Override
    public synchronized void note(String message) {
        if (drawn) {
            printer.print(ERASE);
            drawn = false;
        }
        printer.println(message);
        if (live && !last.isEmpty() && !finished) {
            draw();
        }
        printer.flush();
    }

    /// Shows the last status for good; what comes later is not shown.
    synchronized void finish() {
        if (drawn) {
            printer.println();
            drawn = false;
        }
        finished = true;
    }

    private void draw() {
        printer.print(ERASE + last.substring(0, Math.clamp(columns - 1, 0, last.length())));
        printer.flush();
        drawn = true;
    }

    private static String text(Status status) {
        var text = new StringBuilder(String.format(Locale.ROOT, "%3d %%  %d done, %d running, %d to go",
                (int) (100 * status.fraction()), status.done(), status.running(), status.waiting()));
        if (status.failed() > 0) {
            text.append(", ").append(status.failed()).append(" failed");
        }
        text.append(String.format(Locale.ROOT, "  %,.0f steps/s", status.stepsPerSecond()));
        if (status.secondsLeft() > 0) {
            text.append("  ").append(Numbers.duration(status.secondsLeft())).append(" left");
        }
        return text.toString();
    }
}
