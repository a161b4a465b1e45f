package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionSpec;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// A robot that is read and never energised.
final class MeasuredRobot {

    private static final double RATE = 10;
    private static final long PAUSE = 10;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the driver; may be repeated")
    List<String> settings = new ArrayList<>();

    /// A session that is connected and has measured.
    RobotSession connect(Laboratory laboratory, RobotName robot) throws InterruptedException {
        SessionSpec spec = SessionSpec.of(robot.kind(), robot.address()).settings(Numbers.settings(settings)).rate(RATE)
                .build();
        RobotSession session = laboratory.sessions().open(spec, SessionListener.NONE);
        boolean measured = false;
        try {
            session.connect();
            while (session.status().cycle().times()[2] == 0) {
                if (session.phase() == Phase.FAULT) {
                    throw new UsageException(session.status().reason());
                }
                Thread.sleep(PAUSE);
            }
            measured = true;
            return session;
        } finally {
            if (!measured) {
                session.close();
            }
        }
    }
}
