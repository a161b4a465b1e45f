package {{package}};

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Box;
import dev.limber.api.state.State;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Hill climbing in the weights of a linear policy: try a random change, keep it if the return did not get worse.
@Component
@Plugin(name = "{{name}}", description = "random changes of a linear policy, kept when the return is no worse")
@Designate(ocd = {{class}}.Settings.class)
public final class {{class}} implements AlgorithmFactory {

    /// What users can set with `--set name=value`.
    @ObjectClassDefinition
    public @interface Settings {

        /// Standard deviation of a change.
        @AttributeDefinition(description = "standard deviation of a change of a weight", min = "0.001", max = "10")
        double noise() default 0.3;
    }

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        if (environment.image().isPresent() || !(environment.observation() instanceof Box)) {
            throw new UsageException("{{name}} needs observations that are vectors, " + environment.name() + " has "
                    + (environment.image().isPresent() ? "pictures" : environment.observation()));
        }
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        return new {{class}}Learner(context, context.options().as(Settings.class).noise());
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        float[] weights = new float[LinearPolicy.weights(context.environment())];
        state.expect({{class}}Learner.SCHEMA, 1).read("best", weights);
        return new LinearPolicy(context.environment(), weights);
    }
}
