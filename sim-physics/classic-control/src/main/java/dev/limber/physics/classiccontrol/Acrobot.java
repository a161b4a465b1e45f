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

/// Gymnasium's Acrobot-v1: swing the end of a two-link chain above a line with a torque between the links.
///
/// Sutton, "Generalization in reinforcement learning: successful examples using sparse coarse coding", 1996; the
/// equations are those of Sutton and Barto's book.
@Component
@Plugin(name = "Acrobot-v1", description = "swing a two-link chain up by its middle joint (Gymnasium's equations)")
public final class Acrobot implements EnvironmentFactory {

    private static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("Acrobot-v1",
                    Box.symmetric(
                            new float[] {1, 1, 1, 1, (float) AcrobotKernel.MAX_SPEED_1,
                                (float) AcrobotKernel.MAX_SPEED_2},
                            "cosine of the first angle [1]", "sine of the first angle [1]",
                            "cosine of the second angle [1]", "sine of the second angle [1]",
                            "first angular velocity [rad/s]", "second angular velocity [rad/s]"),
                    Discrete.of("torque -1 N m", "no torque", "torque 1 N m"))
            .rewardTerms(new RewardTerm("time", -1))
            .state("first angle from hanging [rad]", "second angle relative to the first [rad]",
                    "first angular velocity [rad/s]", "second angular velocity [rad/s]")
            .stepSeconds(AcrobotKernel.STEP).maxEpisodeSteps(500).rewardThreshold(-100).snapshot(Snapshot.EXACT)
            .build();

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        return new BatchEnvironment(SPEC, copies, AcrobotKernel::new);
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(AcrobotScene.scene());
    }
}
