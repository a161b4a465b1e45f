package {{package}};

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

/// Bring a mass on a line to rest in the middle, with little force.
@Component
@Plugin(name = "{{name}}", description = "bring a mass on a line to rest in the middle, with little force")
@Designate(ocd = {{class}}.Settings.class)
public final class {{class}} implements EnvironmentFactory {

    /// What users can set with `--set name=value`.
    @ObjectClassDefinition
    public @interface Settings {

        /// The mass.
        @AttributeDefinition(description = "mass [kg]", min = "0.1", max = "10")
        double mass() default 1;

        /// What slows it down.
        @AttributeDefinition(description = "friction [N s/m]", min = "0", max = "10")
        double friction() default 0.5;
    }

    private static final String[] STATE = {"position [m]", "velocity [m/s]"};

    /// The weights of the reward's terms stand here; `--set reward.effort=-0.2` changes one.
    private static final EnvironmentSpec SPEC = EnvironmentSpec
            .of("{{name}}", Box.unbounded(STATE), Box.symmetric(new float[] {1}, "force [N]"))
            .rewardTerms(new RewardTerm("closeness", 1), new RewardTerm("effort", -0.05))
            .state(STATE)
            .stepSeconds({{class}}Kernel.STEP)
            .maxEpisodeSteps(100)
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
                n -> new {{class}}Kernel(n, settings.mass(), settings.friction()));
    }
}
