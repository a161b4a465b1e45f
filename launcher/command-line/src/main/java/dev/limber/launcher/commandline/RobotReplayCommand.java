package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Recordings;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionHeader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot replay FILE`
@Command(name = "replay", description = "Prints what is in a recorded session, writes it as a demonstration, or sends it to a "
        + "robot again.%n", footer = {"",
            "On a robot it begins where that stands, and the limits hold as for every controller.", "",
            "Example: limber robot replay session.mcap --csv demonstration.csv"})
final class RobotReplayCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.mcap", description = "recording")
    Path file;

    @Option(names = "--csv", paramLabel = "FILE.csv", description = "write a line of observation and action for each cycle in which a controller drove")
    Path csv;

    @Option(names = "--robot", paramLabel = "KIND:ADDRESS", description = "send what was recorded to this robot")
    String robot;

    @Option(names = "--seconds", paramLabel = "S", description = "how long on a robot (default: until Ctrl-C; at its end it stays)")
    String seconds;

    @Mixin
    SessionOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotReplayCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (robot != null) {
            return onRobot();
        }
        if (csv == null) {
            Recorded.print(laboratory.recordings().summary(file), terminal.out());
            return 0;
        }
        if (csv.toAbsolutePath().equals(file.toAbsolutePath())) {
            throw new UsageException("--csv names the recording itself; give another file");
        }
        long lines = laboratory.recordings().writeDemonstration(file, csv);
        terminal.out().println(Numbers.counted(lines, "cycle") + " in " + Paths.shown(csv));
        return 0;
    }

    private int onRobot() throws InterruptedException {
        if (csv != null) {
            throw new UsageException("--robot and --csv are different things to do; give one of them");
        }
        double time = SessionOptions.seconds(seconds);
        Recordings recordings = laboratory.recordings();
        SessionHeader header = recordings.summary(file).header();
        RobotName name = RobotName.of(robot, laboratory);
        var view = new SessionView(terminal);
        try (RobotSession session = options.connect(laboratory, name, header.mode(), 1 / header.cycleSeconds(),
                view)) {
            return new SessionRide(session, view).drive(session::calibrate,
                    () -> recordings.replay(file, session.robot(), header.mode()),
                    controller -> session.run("replay of " + file.getFileName(), controller), time);
        }
    }
}
