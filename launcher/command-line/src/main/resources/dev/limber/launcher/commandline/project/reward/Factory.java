package {{package}};

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

/// 1 where the cart is in the middle, falling to 0 away from it: exp(-(x / width)^2).
@Component
@Plugin(name = "{{name}}", description = "rewards a cart for staying in the middle")
@Designate(ocd = {{class}}.Settings.class)
public final class {{class}} implements RewardFactory {

    private static final String POSITION = "cart position [m]";

    /// What users can set with `--set reward.{{name}}.name=value`.
    @ObjectClassDefinition
    public @interface Settings {

        /// How far the middle reaches.
        @AttributeDefinition(description = "distance from the middle at which the reward is 1/e [m]", min = "0.01", max = "10")
        double width() default 0.5;
    }

    @Override
    public Reward create(EnvironmentSpec environment, Options options) {
        if (!(environment.observation() instanceof Box box) || !box.names().contains(POSITION)) {
            throw new UsageException("{{name}} needs '" + POSITION + "' among the observations, " + environment.name()
                    + " has none");
        }
        int size = box.size();
        int position = box.names().indexOf(POSITION);
        double width = options.as(Settings.class).width();
        // Unweighted; users weigh it with --set reward.{{name}}=0.5
        return (transitions, values) -> {
            for (int row = 0; row < transitions.rows(); row++) {
                double x = transitions.nextObservations()[row * size + position] / width;
                double reward = Math.exp(-x * x);
                values[row] = (float) reward;
            }
        };
    }
}
