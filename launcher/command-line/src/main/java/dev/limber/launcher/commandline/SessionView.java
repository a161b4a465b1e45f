package dev.limber.launcher.commandline;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionStatus;
import dev.limber.api.session.SessionStatus.Latency;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Shows a session: its events as lines, and below them its state, joints and limits, which are redrawn on a terminal and written every few
/// seconds elsewhere.
final class SessionView implements SessionListener {

    private static final long LINE_NANOS = 5_000_000_000L;
    private static final int BAR = 13;

    private final PrintStream printer;
    private final boolean live;
    private final int columns;
    private int drawn;
    private long nextLine = System.nanoTime();

    SessionView(Terminal terminal) {
        printer = terminal.out();
        live = terminal.liveOut();
        columns = terminal.columns();
    }

    @Override
    public void event(SessionEvent event) {
        note((switch (event.kind()) {
            case PHASE, FAULT -> event.phase() + ": ";
            case CONTROLLER, LIMIT, NOTE -> "";
        }) + event.text());
    }

    /// Writes a line above what is redrawn.
    synchronized void note(String line) {
        erase();
        printer.println(line);
        printer.flush();
    }

    /// Shows how the session is.
    synchronized void show(SessionStatus status) {
        List<String> lines = lines(status);
        if (live) {
            erase();
            lines.forEach(line -> printer.println(line.substring(0, Math.min(line.length(), columns - 1))));
            drawn = lines.size();
        } else if (System.nanoTime() - nextLine >= 0) {
            nextLine = System.nanoTime() + LINE_NANOS;
            lines.forEach(printer::println);
        }
        printer.flush();
    }

    /// What is shown stays.
    synchronized void finish() {
        drawn = 0;
    }

    private void erase() {
        if (drawn > 0) {
            printer.print("\u001b[" + drawn + "F\u001b[J");
            drawn = 0;
        }
    }

    /// The state in lines.
    static List<String> lines(SessionStatus status) {
        var lines = new ArrayList<String>();
        lines.add(status.phase() + (status.dryRun() ? " (dry run)" : "") + "  " + status.reason());
        Cycle cycle = status.cycle();
        for (int i = 0; i < status.limits().joints().size(); i++) {
            lines.add(joint(status.limits().joints().get(i), cycle, i, status.cycles() > 0));
        }
        lines.add(String.format(Locale.ROOT, "%s, %,d missed, %,d late answers, %,d bad replies; limited: %s",
                Numbers.counted(status.cycles(), "cycle"), status.missedDeadlines(), status.lateAnswers(),
                status.failedReplies(),
                clips(status.clips())));
        lines.add("wake-up " + times(status.wakeUp()) + ", cycle " + times(status.cycleTime())
                + " ms (p50/p99/p99.9/max)");
        return lines;
    }

    private static String joint(JointLimits limits, Cycle cycle, int joint, boolean measured) {
        if (!measured) {
            return String.format(Locale.ROOT, "  %-10s not measured yet", limits.joint());
        }
        double position = cycle.measured().positions()[joint];
        double velocity = cycle.measured().velocities()[joint];
        double sent = cycle.limited()[joint];
        return String.format(Locale.ROOT, "  %-10s %7s %s %-7s %8.4f  %7.3f/s  sent %8s", limits.joint(),
                bound(limits.low()), bar(position, limits.low(), limits.high()), bound(limits.high()), position,
                Math.abs(velocity) < 0.0005 ? 0 : velocity, // no "-0.000"
                Double.isNaN(sent) ? "-" : String.format(Locale.ROOT, "%.4f", sent));
    }

    private static String bound(double limit) {
        return Double.isInfinite(limit) ? "any" : String.format(Locale.ROOT, "%.4g", limit);
    }

    private static String bar(double position, double low, double high) {
        var bar = new StringBuilder("-".repeat(BAR));
        double part = (position - low) / (high - low);
        if (part >= 0 && part <= 1) {
            bar.setCharAt((int) Math.round(part * (BAR - 1)), '#');
        }
        return "[" + bar + "]";
    }

    private static String clips(Map<Limit, Long> clips) {
        var text = new ArrayList<String>();
        clips.forEach((limit, count) -> {
            if (count > 0) {
                text.add(limit.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                        + Numbers.grouped(count));
            }
        });
        return text.isEmpty() ? "nothing" : String.join(", ", text);
    }

    private static String times(Latency latency) {
        return String.format(Locale.ROOT, "%.2f/%.2f/%.2f/%.2f", 1e3 * latency.p50(), 1e3 * latency.p99(),
                1e3 * latency.p999(), 1e3 * latency.max());
    }
}
