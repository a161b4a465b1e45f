package dev.limber.launcher.commandline;

import dev.limber.api.session.RecordingSummary;
import dev.limber.api.session.SessionEvent;
import java.io.PrintStream;
import java.time.format.DateTimeFormatter;
import java.time.ZoneId;
import java.util.Locale;

/// Prints what is in a recording.
final class Recorded {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private Recorded() {}

    static void print(RecordingSummary summary, PrintStream out) {
        var header = summary.header();
        out.println(header.robot().name() + " at " + header.address() + ", " + TIME.format(header.start()));
        out.printf(Locale.ROOT, "%.2f s, %s of %.4g ms in mode %s%n", summary.seconds(),
                Numbers.counted(summary.cycles(), "cycle"), header.cycleSeconds() * 1e3,
                header.mode().name().toLowerCase(Locale.ROOT));
        out.printf(Locale.ROOT,
                "  driven   %s, %s of them without a good reply%n  late     %s missed the deadline%n  missing  %s not recorded%n",
                Numbers.counted(summary.running(), "cycle"), Numbers.grouped(summary.unanswered()),
                Numbers.counted(summary.missed(), "cycle"), Numbers.counted(summary.unrecorded(), "cycle"));
        out.println("joints, and in how many cycles a limit changed what was wanted");
        for (int i = 0; i < header.robot().joints().size(); i++) {
            var joint = header.robot().joints().get(i);
            out.printf(Locale.ROOT, "  %-16s %.4g to %.4g  %s%n", joint.name(), joint.low(), joint.high(),
                    Numbers.grouped(summary.clipped().get(i)));
        }
        if (!header.notes().isEmpty()) {
            out.println("notes");
            header.notes().forEach((name, value) -> out.println("  " + name + ": " + value));
        }
        if (!summary.events().isEmpty()) {
            out.println("events");
            for (SessionEvent event : summary.events()) {
                out.printf(Locale.ROOT, "  %9.3f s  %-10s %s%n", event.nanoTime() / 1e9, event.phase(), event.text());
            }
        }
        summary.damage().ifPresent(damage -> out.println("the file is not whole: " + damage));
    }
}
