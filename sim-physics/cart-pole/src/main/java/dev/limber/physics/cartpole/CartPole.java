package dev.limber.physics.cartpole;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Cost;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import dev.limber.environments.BatchEnvironment;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/// CartPole-v1 with real rigid bodies: the same spaces, limits, rewards and beginnings, but the true motion instead of
/// Euler's method.
///
/// The engine is the service named jbullet, of whichever bundle.
@Component(service = EnvironmentFactory.class)
@Plugin(name = "CartPole-jbullet", description = "balance a pole on a cart, as rigid bodies on a physics engine")
@Designate(ocd = CartPoleSettings.class)
public final class CartPole implements EnvironmentFactory {

    private static final String[] STATE = {"cart position [m]", "cart velocity [m/s]", "pole angle [rad]",
        "pole angular velocity [rad/s]"};

    private final PhysicsEngine engine;

    /// @param engine simulates the bodies
    @Activate
    public CartPole(@Reference(name = "engine", target = "(limber.name=jbullet)") PhysicsEngine engine) {
        this.engine = engine;
    }

    @Override
    public EnvironmentSpec spec(Options options) {
        return spec(options.as(CartPoleSettings.class));
    }

    private EnvironmentSpec spec(CartPoleSettings settings) {
        Space action = switch (settings.action()) {
            case "discrete" -> Discrete.of("push left", "push right");
            case "continuous" -> Box.symmetric(new float[] {1}, "force [10 N]");
            default -> throw new UsageException(
                    "option 'action' is '" + settings.action() + "', it must be discrete or continuous");
        };
        if (settings.substeps() < 1) {
            throw new UsageException("option 'substeps' is " + settings.substeps() + ", it must be at least 1");
        }
        Variation.of(settings); // So that what cannot be is told before anything is made.
        // The parts of a cart-pole touch nothing, so an engine that can save at all saves it exactly.
        Snapshot snapshot = engine.capabilities().snapshot() == Snapshot.NONE ? Snapshot.NONE : Snapshot.EXACT;
        var built = EnvironmentSpec
                .of("CartPole-jbullet",
                        Box.symmetric(
                                new float[] {(float) (2 * CartPoleWorlds.MAX_POSITION), Float.POSITIVE_INFINITY,
                                    (float) (2 * CartPoleWorlds.MAX_ANGLE), Float.POSITIVE_INFINITY},
                                STATE),
                        action)
                .state(STATE).stepSeconds(CartPoleModel.STEP)
                .maxEpisodeSteps(500).snapshot(snapshot).cost(Cost.HEAVY);
        return settings.centering() == 0
                ? built.rewardTerms(new RewardTerm("alive", 1)).rewardThreshold(475).build()
                : built.rewardTerms(new RewardTerm("alive", 1), new RewardTerm("centred", settings.centering()))
                        .build();
    }

    @Override
    public Environment create(int copies, Options options) {
        CartPoleSettings settings = options.as(CartPoleSettings.class);
        int substeps = settings.substeps();
        EnvironmentSpec spec = spec(settings);
        Variation variation = Variation.of(settings);
        return new BatchEnvironment(spec, copies, n -> variation.none()
                ? new CartPoleWorlds(n, engine, substeps, spec.continuous())
                : new VariedCartPoles(n, engine, substeps, spec.continuous(), variation));
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(CartPoleModel.scene());
    }

    @Override
    public Optional<ModelSpec> model(Options options) {
        return Optional.of(CartPoleModel.model());
    }

    @Override
    public Optional<PolicyManifest> manifest(Options options) {
        return Optional.of(CartPoleModel.manifest(spec(options).continuous()));
    }
}
