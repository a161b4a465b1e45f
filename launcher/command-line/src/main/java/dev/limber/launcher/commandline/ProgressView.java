package dev.limber.launcher.commandline;

import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.experiment.ExperimentListener;
import java.io.PrintStream;
import java.util.Locale;

/// Shows how an experiment gets on: one line that is redrawn on a terminal, a line every tenth of the way or every ten
/// seconds elsewhere.
final class ProgressView implements ExperimentListener {

    private static final String ERASE = "\r\u001b[K";
    private static final double LINE_SECONDS = 10;
    private static final int LINES = 10;
    private static final int NARROWEST_BAR = 8;
    private static final int WIDEST_BAR = 40;
    /// Room for the longest text with everything in it, and without the steps [characters].
    private static final int FULL_TEXT = 64;
    private static final int SHORT_TEXT = 44;

    private final PrintStream printer;
    private final boolean live;
    private final boolean colour;
    private final boolean unicode;
    private final int columns;
    private boolean drawn;
    private boolean finished;
    private Status last;
    private double nextSeconds;
    private long nextTenth = Long.MIN_VALUE;

    ProgressView(Terminal terminal, boolean json) {
        printer = terminal.progress(json).printer();
        live = terminal.progress(json).live();
        colour = terminal.colour();
        unicode = terminal.unicode();
        columns = terminal.columns();
    }

    @Override
    public synchronized void progress(Status status) {
        if (finished) {
            return;
        }
        last = status;
        if (live) {
            draw(status);
        } else {
            long tenth = status.totalSteps() <= 0 ? 0 : status.step() * LINES / status.totalSteps();
            // A run that goes on starts in the middle; its first line is due ten seconds, or a tenth, from there.
            if (nextTenth == Long.MIN_VALUE) {
                nextTenth = tenth + 1;
                nextSeconds = status.seconds() + LINE_SECONDS;
            }
            if (tenth >= nextTenth || status.seconds() >= nextSeconds) {
                nextTenth = tenth + 1;
                nextSeconds = status.seconds() + LINE_SECONDS;
                printer.println(text(status));
            }
        }
    }

    @Override
    public synchronized void note(String message) {
        if (drawn) {
            printer.print(ERASE);
            drawn = false;
        }
        printer.println(message);
        if (live && last != null && !finished) {
            draw(last);
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

    private void draw(Status status) {
        // The bar keeps its width, and the last column stays free: some terminals wrap as soon as it is written.
        boolean full = columns - 2 - FULL_TEXT >= NARROWEST_BAR;
        String text = full ? text(status) : shortText(status);
        int room = columns - 2 - (full ? FULL_TEXT : SHORT_TEXT);
        var line = new StringBuilder(ERASE);
        int rest = columns - 1;
        if (room >= NARROWEST_BAR) {
            int width = Math.min(room, WIDEST_BAR);
            bar(line, fraction(status), width);
            line.append(' ');
            rest -= width + 1;
        }
        line.append(text, 0, Math.clamp(rest, 0, text.length()));
        printer.print(line);
        printer.flush();
        drawn = true;
    }

    private void bar(StringBuilder line, double fraction, int width) {
        int full = (int) (fraction * width);
        line.append(colour ? "\u001b[32m" : "").append((unicode ? "\u2501" : "#").repeat(full))
                .append(colour ? "\u001b[2;39m" : "")
                .append((unicode && colour ? "\u2501" : unicode ? "\u2500" : "-").repeat(width - full))
                .append(colour ? "\u001b[0m" : "");
    }

    private static double fraction(Status status) {
        return status.totalSteps() <= 0 ? 0 : Math.clamp((double) status.step() / status.totalSteps(), 0, 1);
    }

    private static String text(Status status) {
        return String.format(Locale.ROOT, "%3d %%  %,d steps  ", percent(status), status.step()) + speed(status);
    }

    private static String shortText(Status status) {
        return String.format(Locale.ROOT, "%3d %%  ", percent(status)) + speed(status);
    }

    private static int percent(Status status) {
        return (int) (100 * fraction(status));
    }

    private static String speed(Status status) {
        String text = String.format(Locale.ROOT, "%,.0f/s  return %s", status.stepsPerSecond(),
                Numbers.oneDecimal(status.meanReturn()));
        double left = (status.totalSteps() - status.step()) / status.stepsPerSecond();
        return left > 0 && Double.isFinite(left) ? text + "  " + Numbers.duration(left) + " left" : text;
    }
}
