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
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/// Gymnasium's MountainCar-v0: drive a car out of a valley with an engine too weak to climb it at once.
///
/// Moore, "Efficient memory-based learning for robot control", 1990.
@Component
@Plugin(name = "MountainCar-v0", description = "rock a weak car out of a valley, by choices (Gymnasium's equations)")
public final class MountainCar implements EnvironmentFactory {

    private static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("MountainCar-v0", observation(), Discrete.of("accelerate left", "coast", "accelerate right"))
            .rewardTerms(new RewardTerm("time", -1)).state("car position [m]", "car velocity [m/step]")
            .stepSeconds(MountainCarKernel.STEP).maxEpisodeSteps(200).rewardThreshold(-110).snapshot(Snapshot.EXACT)
            .build();

    /// What both mountain cars show of themselves.
    static Box observation() {
        float position = (float) MountainCarKernel.MAX_POSITION;
        float speed = (float) MountainCarKernel.MAX_SPEED;
        return new Box(new float[] {(float) MountainCarKernel.MIN_POSITION, -speed}, new float[] {position, speed},
                List.of("car position [m]", "car velocity [m/step]"));
    }

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        return new BatchEnvironment(SPEC, copies, MountainCarKernel::new);
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(MountainScene.scene(MountainCarKernel.GOAL));
    }
}
