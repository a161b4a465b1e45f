package dev.limber.api.physics;

import dev.limber.api.environment.EnvironmentSpec.Snapshot;

/// Simulates rigid bodies. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface PhysicsEngine {

    /// What this engine can do; the contract tests hold it to it.
    Capabilities capabilities();

    /// Builds a world in the model's initial pose, on the thread that will use it.
    ///
    /// @throws dev.limber.api.plugin.UsageException where the model needs what the engine has not, naming it
    World create(ModelSpec model, WorldOptions options);

    /// What an engine can do.
    ///
    /// @param snapshot what [World#save] and [World#restore] can do; CANONICAL engines clear caches of contacts alone, so
    ///        that they save a model in which nothing can touch exactly
    /// @param armature true where rotor inertia of joints is simulated
    /// @param reducedCoordinates true where joints cannot come apart; else constraints hold them together up to an error
    /// @param deterministic true where the same calls give the same bits
    record Capabilities(Snapshot snapshot, boolean armature,
            boolean reducedCoordinates, boolean deterministic) {}
}
