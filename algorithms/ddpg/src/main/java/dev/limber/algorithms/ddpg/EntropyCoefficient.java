package dev.limber.algorithms.ddpg;

import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import dev.limber.api.state.Tensor;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.optimizer.Adam;
import java.lang.foreign.ValueLayout;

/// What a nat of the policy's entropy is worth in rewards. Where it is learned, it falls while the policy is more random
/// than wanted and rises while it is less.
///
/// Source: Haarnoja et al., "Soft Actor-Critic Algorithms and Applications", 2018, section 5, with the logarithm of the
/// coefficient as the parameter.
final class EntropyCoefficient implements Stateful {

    private static final String SCHEMA = "dev.limber.algorithms.ddpg.entropy";
    private static final int VERSION = 1;

    private final Parameters logarithm = new Parameters(1);
    private final Adam adam = new Adam(1, 0.9, 0.999, 1e-8);
    private final boolean learned;
    private final double target;
    private double value;

    /// @param initial what it begins with
    /// @param learned false where it stays so
    /// @param target the entropy that is wanted [nat]
    EntropyCoefficient(double initial, boolean learned, double target) {
        this.learned = learned;
        this.target = target;
        value = initial;
        logarithm.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 0, (float) Math.log(initial));
    }

    double value() {
        return value;
    }

    /// Descends `log(alpha) (entropy - target)`.
    ///
    /// @param entropy of the policy as it is [nat]
    void learn(double entropy, double learningRate) {
        if (learned) {
            logarithm.gradient()[0] = (float) (entropy - target);
            adam.step(logarithm, learningRate);
            value = Math.exp(logarithm.memory().getAtIndex(ValueLayout.JAVA_FLOAT, 0));
        }
    }

    @Override
    public State save() {
        return new State(SCHEMA, VERSION).put("logarithm", logarithm.save()).put("optimizer", adam.save()).put("value",
                value);
    }

    @Override
    public void restore(State state) {
        Tensor saved = state.expect(SCHEMA, VERSION).tensor("logarithm", Tensor.Type.FLOAT32, 1);
        double savedValue = state.number("value");
        adam.restore(state.state("optimizer"));
        logarithm.restore(saved);
        value = savedValue;
    }
}
