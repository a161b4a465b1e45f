package dev.limber.robot.recording;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Controller;
import dev.limber.api.session.RecordedView;
import dev.limber.api.session.RecordingSummary;
import dev.limber.api.session.Recordings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/// Recordings in MCAP files.
@Component
public final class McapRecordings implements Recordings {

    @Override
    public RecordingSummary summary(Path recording) {
        return Summing.of(recording);
    }

    @Override
    public Controller replay(Path recording, RobotSpec robot, CommandMode mode) {
        return new ReplayController(Track.read(recording), robot, mode);
    }

    @Override
    public RecordedView play(Path recording, Optional<EnvironmentFactory> environment) {
        return new PlayedRecording(recording, environment);
    }

    @Override
    public long writeDemonstration(Path recording, Path csv) {
        return Demonstration.write(recording, csv);
    }

    @Override
    public void compare(List<Path> recordings, Path picture) {
        ComparisonPicture.write(recordings, picture);
    }
}
