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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Gymnasium's Pendulum-v1: swing a pendulum up and hold it there with a torque too weak to lift it.
@Component
@Plugin(name = "Pendulum-v1", description = "swing a pendulum up and hold it with a weak torque (Gymnasium's equations)")
@Designate(ocd = Pendulum.Settings.class)
public final class Pendulum implements EnvironmentFactory {

    /// Options of the pendulum.
    @ObjectClassDefinition
    public @interface Settings {
        /// Acceleration of gravity.
        @AttributeDefinition(description = "acceleration of gravity [m/s^2]", min = "0", max = "1000")
        double g() default 10;
    }

    private static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("Pendulum-v1",
                    Box.symmetric(new float[] {1, 1, (float) PendulumKernel.MAX_SPEED}, "cosine of the angle [1]",
                            "sine of the angle [1]", "angular velocity [rad/s]"),
                    Box.symmetric(new float[] {PendulumKernel.MAX_TORQUE}, "torque [N m]"))
            .rewardTerms(new RewardTerm("angle", -1), new RewardTerm("velocity", -0.1),
                    new RewardTerm("effort", -0.001))
            .state("angle from upright [rad]", "angular velocity [rad/s]").stepSeconds(PendulumKernel.STEP)
            .maxEpisodeSteps(200).snapshot(Snapshot.EXACT).build();

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        double gravity = options.as(Settings.class).g();
        return new BatchEnvironment(SPEC, copies, n -> new PendulumKernel(n, gravity));
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return Optional.of(PendulumScene.scene());
    }
}
