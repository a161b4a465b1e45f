package dev.limber.robot.recording;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Controller;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSession;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// A recording as a controller: what was sent is sent again.
@Component
@Plugin(name = "replay", description = "Sends what was recorded again, from where the robot stands")
@Designate(ocd = ReplayControllerFactory.Settings.class)
public final class ReplayControllerFactory implements ControllerFactory {

    /// Options.
    @ObjectClassDefinition
    public @interface Settings {

        /// The recording.
        @AttributeDefinition(description = "the recording, an MCAP file")
        String file() default "";
    }

    @Override
    public Controller create(RobotSession session, Options options) {
        String file = options.as(Settings.class).file();
        if (file.isEmpty()) {
            throw new UsageException("which recording shall be replayed? set file=FILE.mcap");
        }
        return new ReplayController(Track.read(Path.of(file)), session.robot(), session.spec().mode());
    }
}
