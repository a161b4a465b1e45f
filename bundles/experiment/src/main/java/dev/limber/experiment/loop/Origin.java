package dev.limber.experiment.loop;

import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Where an experiment begins: nowhere, or at a checkpoint.
public sealed interface Origin {

    /// Opens the run's directory, after everything else has been built.
    RunDirectory open(Plan plan) throws IOException;

    /// The checkpoint to go on from.
    Optional<Checkpoint> checkpoint();

    /// A new run.
    ///
    /// @param path its directory
    record New(Path path) implements Origin {

        @Override
        public RunDirectory open(Plan plan) throws IOException {
            return RunDirectory.create(path, plan);
        }

        @Override
        public Optional<Checkpoint> checkpoint() {
            return Optional.empty();
        }
    }

    /// A run that goes on.
    ///
    /// @param directory held already
    /// @param newest the checkpoint
    record Resumed(RunDirectory directory, Checkpoint newest) implements Origin {

        @Override
        public RunDirectory open(Plan plan) throws IOException {
            directory.update(plan);
            return directory;
        }

        @Override
        public Optional<Checkpoint> checkpoint() {
            return Optional.of(newest);
        }
    }
}
