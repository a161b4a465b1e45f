package dev.limber.learning.optimizer;

import dev.limber.api.metrics.Metric;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Warns of metrics that run away, once each, long before they are infinite: learning that explodes may go on for hours
/// without ever failing.
///
/// What is too much follows from the rewards. Nothing is worth more than the greatest reward in every step for ever,
/// `R = max |r| / (1 - gamma)`; a critic that believes in ten times as much is deluded in whatever environment, and errors
/// and gradients have their scale from there. Weights are compared with what they were at the beginning. What comes first
/// in learning, values that rise from 0 and errors that jump at the first reward ever, is no explosion by that.
public final class ExplosionWatch implements Stateful {

    private static final String SCHEMA = "dev.limber.learning.explosion";

    private static final double VALUE_LIMIT = 10;
    // Derivatives of values by hundreds of weights, and logarithms of probabilities, are tens.
    private static final double SLOPE_LIMIT = 1000;
    private static final double GROWTH_LIMIT = 1000;

    private final double horizon;
    private final Consumer<String> notes;
    private double largestReward;
    private final Map<String, Double> beginnings = new LinkedHashMap<>();

    /// @param gamma discount factor per step
    /// @param notes tells the user
    public ExplosionWatch(double gamma, Consumer<String> notes) {
        horizon = 1 / (1 - gamma);
        this.notes = notes;
    }

    /// Takes notice of rewards as they are learned from.
    public void rewards(float[] rewards) {
        for (float reward : rewards) {
            reward(reward);
        }
    }

    /// Takes notice of a reward, or of what is added to rewards.
    public void reward(double reward) {
        largestReward = Math.max(largestReward, Math.abs(reward));
    }

    /// R. Rewards below 1 count as 1: networks begin with values of that order.
    private double explained() {
        return Math.max(1, largestReward) * horizon;
    }

    /// A metric of values, or of a loss that is one [reward].
    public Metric value(String name, Metric metric) {
        return new Watched(name, metric) {
            @Override
            double limit() {
                return VALUE_LIMIT * explained();
            }
        };
    }

    /// A metric of mean squared errors of values [reward^2].
    public Metric squaredError(String name, Metric metric) {
        return new Watched(name, metric) {
            @Override
            double limit() {
                return VALUE_LIMIT * VALUE_LIMIT * explained() * explained();
            }
        };
    }

    /// A metric of the lengths of gradients, or of a loss that is values times logarithms of probabilities.
    public Metric slope(String name, Metric metric) {
        return new Watched(name, metric) {
            @Override
            double limit() {
                return SLOPE_LIMIT * explained();
            }
        };
    }

    /// A metric of a size that changes slowly, such as the length of all weights.
    ///
    /// @param beginning the size at the beginning, greater than 0; any number where it will be restored
    public Metric size(String name, Metric metric, double beginning) {
        beginnings.put(name, beginning);
        return new Watched(name, metric) {
            @Override
            double limit() {
                return GROWTH_LIMIT * beginnings.get(name);
            }
        };
    }

    @Override
    public State save() {
        var state = new State(SCHEMA, 1).put("largestReward", largestReward);
        beginnings.forEach((name, size) -> state.put(entry(name), size.doubleValue()));
        return state;
    }

    @Override
    public void restore(State state) {
        largestReward = state.expect(SCHEMA, 1).number("largestReward");
        beginnings.replaceAll((name, size) -> state.number(entry(name)));
    }

    /// The name that a metric's number has in a state, where slashes separate nested states.
    private static String entry(String metric) {
        return metric.replace('/', '.');
    }

    private abstract class Watched implements Metric {

        private final String name;
        private final Metric metric;
        private boolean warned;

        Watched(String name, Metric metric) {
            this.name = name;
            this.metric = metric;
        }

        abstract double limit();

        @Override
        public void add(double value) {
            if (!warned && Math.abs(value) > limit()) {
                warned = true;
                notes.accept(String.format(Locale.ROOT, "%s is %.2g, orders of magnitude beyond what is sound here "
                        + "(%.2g): learning explodes; look at the metric %s, and try a smaller lr", name, value,
                        limit(), name));
            }
            metric.add(value);
        }
    }
}
