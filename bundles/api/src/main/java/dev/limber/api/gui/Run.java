package dev.limber.api.gui;

import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run as it is at one moment.
///
/// @param folder its directory, absolute; what tells it from others
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param seed what all its randomness comes from
/// @param created when it began
/// @param status how far it has come; as it was left, where it does not run
/// @param rewardTerms the terms of its reward with their weights now
/// @param experiment the running experiment; empty where it is recorded, or runs in another process
/// @param problem why it failed or cannot be read, one line; empty where it did not
public record Run(Path folder, String environment, String algorithm, long seed, Instant created, Status status,
        List<RewardTerm> rewardTerms, Optional<Experiment> experiment, String problem) {

    /// Copies the list.
    public Run {
        rewardTerms = List.copyOf(rewardTerms);
    }

    /// What users call it: the name of its folder.
    public String name() {
        return folder.getFileName().toString();
    }

    /// True where it runs, or pauses, in this process.
    public boolean live() {
        return experiment.isPresent();
    }
}
