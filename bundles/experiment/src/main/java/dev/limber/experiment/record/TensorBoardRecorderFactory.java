package dev.limber.experiment.record;

import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.Plugin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/// Records a run for TensorBoard.
@Component
@Plugin(name = "tensorboard", description = "TensorBoard event file in the run's directory")
public final class TensorBoardRecorderFactory implements RecorderFactory {

    private static final String PREFIX = "events.out.tfevents.";

    @Override
    public Recorder open(Path run, long step) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            List<Path> events = files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).sorted()
                    .toList();
            Path file = events.isEmpty()
                    ? run.resolve(PREFIX + System.currentTimeMillis() / 1000 + "." + host())
                    : events.getLast();
            return new EventFile(file, step);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
