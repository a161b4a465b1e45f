package dev.limber.experiment;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that starts or resumes a run, writes checkpoints as fast as it can and says when it is under way. It ends
/// when it is killed.
public final class KilledRun {

    private KilledRun() {}

    /// @param arguments the run's directory
    public static void main(String[] arguments) throws InterruptedException {
        Path run = Path.of(arguments[0]);
        LocalExperiments experiments = Fixtures.experiments();
        var listener = new ExperimentListener() {
            @Override
            public void progress(Experiment.Status status) {
                System.out.println(status.step());
            }
        };
        Experiment experiment = Files.exists(run)
                ? experiments.resume(run, 0, listener)
                : experiments.start(Fixtures.spec(run, Long.MAX_VALUE, "checkpointSeconds", "0"), listener);
        experiment.await();
    }
}
