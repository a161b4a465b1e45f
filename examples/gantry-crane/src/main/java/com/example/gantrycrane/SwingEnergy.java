package com.example.gantrycrane;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.space.Box;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// The energy of the swing in place of its squared angle, which forgives a load that rushes through the middle:
/// 1 - cos(angle) + rope rate^2 / (2 g).
///
/// It is called as the term of the environment whose place it takes: `--set rewards=swing`.
@Component
@Plugin(name = "swing", description = "energy of a crane's swing, as a height in lengths of the rope")
@Designate(ocd = SwingEnergy.Settings.class)
public final class SwingEnergy implements RewardFactory {

    private static final double GRAVITY = 9.81;

    /// What users can set with `--set reward.swing.name=value`.
    @ObjectClassDefinition
    public @interface Settings {

        /// The rope.
        @AttributeDefinition(description = "length of the rope [m]", min = "0.1", max = "50")
        double rope() default 1;
    }

    @Override
    public Reward create(EnvironmentSpec environment, Options options) {
        int size = environment.observation().size();
        int angle = index(environment, GantryCrane.SWING);
        int rate = index(environment, GantryCrane.SWING_RATE);
        double slowness = options.as(Settings.class).rope() / (2 * GRAVITY);
        return (transitions, values) -> {
            float[] next = transitions.nextObservations();
            for (int row = 0; row < transitions.rows(); row++) {
                double omega = next[row * size + rate];
                values[row] = (float) (1 - Math.cos(next[row * size + angle]) + slowness * omega * omega);
            }
        };
    }

    private static int index(EnvironmentSpec environment, String name) {
        int index = environment.observation() instanceof Box box ? box.names().indexOf(name) : -1;
        if (index < 0) {
            throw new UsageException(
                    "swing needs '" + name + "' among the observations, " + environment.name() + " has none");
        }
        return index;
    }
}
