package dev.limber.api.environment;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.render.Scene;
import java.util.Optional;

/// A kind of environment. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface EnvironmentFactory {

    /// What the environment looks like with these options, without building one.
    EnvironmentSpec spec(Options options);

    /// Builds a batch, on the thread that will use it. It must be [reset][Environment#reset] before its first step.
    ///
    /// @param copies how many copies are stepped together, at least 1
    Environment create(int copies, Options options);

    /// What there is to see of a copy with these options; empty where there is nothing. Where there is, the environment
    /// tells the [poses][Environment#poses] of the bodies.
    default Optional<Scene> scene(Options options) {
        return Optional.empty();
    }

    /// The physical model whose bodies the scene shows, in the scene's order; empty where there is none. Where there is, the
    /// environment tells [contacts][Environment#contacts].
    default Optional<ModelSpec> model(Options options) {
        return Optional.empty();
    }

    /// What observations and actions mean on a robot, so that a policy trained here can drive one; empty where there is none.
    default Optional<PolicyManifest> manifest(Options options) {
        return Optional.empty();
    }
}
