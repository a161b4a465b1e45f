package dev.limber.physics.classiccontrol;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.environments.BatchEnvironment;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/// Gymnasium's CartPole-v1: push a cart left or right so that the pole on it does not fall.
///
/// Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems", 1983.
@Component
@Plugin(name = "CartPole-v1", description = "balance a pole on a cart by pushing left or right (Gymnasium's equations)")
public final class CartPole implements EnvironmentFactory {

    private static final EnvironmentSpec SPEC = EnvironmentSpec.of("CartPole-v1",
            Box.symmetric(
                    new float[] {(float) (2 * CartPoleKernel.MAX_POSITION), Float.POSITIVE_INFINITY,
                        (float) (2 * CartPoleKernel.MAX_ANGLE), Float.POSITIVE_INFINITY},
                    "cart position [m]", "cart velocity [m/s]", "pole angle [rad]", "pole angular velocity [rad/s]"),
            Discrete.of("push left", "push right")).rewardTerms(new RewardTerm("alive", 1))
            .state("cart position [m]", "cart velocity [m/s]", "pole angle [rad]", "pole angular velocity [rad/s]")
            .stepSeconds(CartPoleKernel.STEP).maxEpisodeSteps(500).rewardThreshold(475).snapshot(Snapshot.EXACT)
            .build();

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        return new BatchEnvironment(SPEC, copies, CartPoleKernel::new);
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(CartPoleScene.scene());
    }
}
