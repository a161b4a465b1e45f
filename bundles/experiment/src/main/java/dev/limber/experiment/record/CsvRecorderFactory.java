package dev.limber.experiment.record;

import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/// Records a run to `metrics.csv`.
@Component
@Plugin(name = "csv", description = "metrics.csv in the run's directory")
public final class CsvRecorderFactory implements RecorderFactory {

    @Override
    public Recorder open(Path run, long step) throws IOException {
        return new CsvRecorder(run.resolve("metrics.csv"), step);
    }
}
