package dev.limber.robot.recording;

import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionRecorderFactory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/// Keeps sessions as MCAP, which Foxglove and the libraries of <https://mcap.dev> open.
@Component
@Plugin(name = "mcap", description = "MCAP with JSON messages: joints, commands, timing and events, compressed and indexed")
public final class McapRecorderFactory implements SessionRecorderFactory {

    @Override
    public SessionRecorder open(Path file, SessionHeader header) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new McapRecorder(file, header);
        } catch (IOException failure) {
            throw Unwritable.of("recording", file, failure);
        }
    }
}
