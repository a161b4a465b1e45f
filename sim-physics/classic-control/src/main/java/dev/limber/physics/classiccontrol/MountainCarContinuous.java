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
import dev.limber.environments.BatchEnvironment;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/// Gymnasium's MountainCarContinuous-v0: the mountain car with an engine that takes any force within its bounds.
///
/// The effort counts what the engine did, that is the clipped force; Gymnasium counts what was asked for, which is the
/// same within the bounds.
@Component
@Plugin(name = "MountainCarContinuous-v0", description = "rock a weak car out of a valley, by any force (Gymnasium's equations)")
public final class MountainCarContinuous implements EnvironmentFactory {

    private static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("MountainCarContinuous-v0", MountainCar.observation(),
                    Box.symmetric(new float[] {1}, "force, of the most there is [1]"))
            .rewardTerms(new RewardTerm("goal", 100), new RewardTerm("effort", -0.1))
            .state("car position [m]", "car velocity [m/step]").stepSeconds(MountainCarKernel.STEP).maxEpisodeSteps(999)
            .rewardThreshold(90).snapshot(Snapshot.EXACT).build();

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        return new BatchEnvironment(SPEC, copies, MountainCarContinuousKernel::new);
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(MountainScene.scene(MountainCarContinuousKernel.GOAL));
    }
}
