package dev.limber.api.experiment;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.policy.Policy;
import dev.limber.api.policy.PolicyManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The greedy policy of a run, for one copy: to be played outside of its environment.
///
/// @param run the run's directory
/// @param step the training step of its weights
/// @param policy chooses actions out of raw observations; the run's normaliser is in it
/// @param environment what it was trained in
/// @param manifest what its numbers mean on a robot; empty where the environment does not say
/// @param parts objects of the plug-ins that it is made of
public record RunPolicy(Path run, long step, Policy policy, EnvironmentSpec environment,
        Optional<PolicyManifest> manifest, List<Object> parts) implements AutoCloseable {

    /// Copies the list.
    public RunPolicy {
        parts = List.copyOf(parts);
    }

    /// Closes the policy.
    @Override
    public void close() {
        policy.close();
    }
}
