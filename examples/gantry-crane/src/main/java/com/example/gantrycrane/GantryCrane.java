package com.example.gantrycrane;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.space.Box;
import dev.limber.environments.BatchEnvironment;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Bring a load that hangs from a trolley over a place, and keep it from swinging.
@Component
@Plugin(name = "gantry-crane", description = "bring a hanging load over a place without swinging it")
@Designate(ocd = GantryCrane.Settings.class)
public final class GantryCrane implements EnvironmentFactory {

    /// What users can set with `--set name=value`.
    @ObjectClassDefinition
    public @interface Settings {

        /// The rope.
        @AttributeDefinition(description = "length of the rope [m]", min = "0.1", max = "50")
        double rope() default 1;

        /// What slows the swing.
        @AttributeDefinition(description = "damping of the swing [1/s]", min = "0", max = "10")
        double damping() default 0.1;
    }

    static final String SWING = "swing angle [rad]";
    static final String SWING_RATE = "swing rate [rad/s]";

    private static final String[] STATE = {"trolley position [m]", "trolley velocity [m/s]", SWING, SWING_RATE};

    static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("gantry-crane", Box.unbounded(STATE),
                    Box.symmetric(new float[] {GantryCraneKernel.MOST_ACCELERATION}, "trolley acceleration [m/s^2]"))
            .rewardTerms(new RewardTerm("closeness", 1), new RewardTerm("swing", -1))
            .state(STATE)
            .stepSeconds(GantryCraneKernel.STEP)
            .maxEpisodeSteps(200)
            .snapshot(Snapshot.EXACT)
            .build();

    @Override
    public EnvironmentSpec spec(Options options) {
        return SPEC;
    }

    @Override
    public Environment create(int copies, Options options) {
        Settings settings = options.as(Settings.class);
        return new BatchEnvironment(SPEC, copies,
                n -> new GantryCraneKernel(n, settings.rope(), settings.damping()));
    }
}
