package dev.limber.learning.optimizer;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adam: steps of the size of the learning rate, whatever the gradient's scale.
///
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1:
/// `theta -= lr * m^ / (sqrt(v^) + epsilon)`, where `m^` and `v^` are the bias-corrected moments.
public final class Adam implements Optimizer {

    private static final String SCHEMA = "dev.limber.learning.adam";
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final float[] mean;
    private final float[] variance;
    private long steps;

    /// @param count how many parameters there are
    /// @param beta1 decay of the first moment; usually 0.9
    /// @param beta2 decay of the second moment; usually 0.999
    /// @param epsilon added to the root of the second moment; usually 1e-8, in reinforcement learning 1e-5
    public Adam(int count, double beta1, double beta2, double epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
        mean = new float[count];
        variance = new float[count];
    }

    @Override
    public void step(Parameters parameters, double learningRate) {
        steps++;
        MemorySegment theta = parameters.memory();
        float[] gradient = parameters.gradient();
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float rate = (float) (learningRate / (1 - Math.pow(beta1, steps)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, steps)));
        int i = 0;
        for (int end = LANES.loopBound(mean.length); i < end; i += LANES.length()) {
            var g = FloatVector.fromArray(LANES, gradient, i);
            var m = FloatVector.fromArray(LANES, mean, i).mul(b1).add(g.mul(1 - b1));
            var v = FloatVector.fromArray(LANES, variance, i).mul(b2).add(g.mul(g).mul(1 - b2));
            m.intoArray(mean, i);
            v.intoArray(variance, i);
            long at = (long) i * Float.BYTES;
            FloatVector.fromMemorySegment(LANES, theta, at, ByteOrder.nativeOrder())
                    .sub(m.mul(rate).div(v.sqrt().mul(correction).add(epsilon)))
                    .intoMemorySegment(theta, at, ByteOrder.nativeOrder());
        }
        for (; i < mean.length; i++) {
            float g = gradient[i];
            float m = mean[i] = mean[i] * b1 + g * (1 - b1);
            float v = variance[i] = variance[i] * b2 + g * g * (1 - b2);
            float old = theta.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            theta.setAtIndex(ValueLayout.JAVA_FLOAT, i,
                    old - m * rate / ((float) Math.sqrt(v) * correction + epsilon));
        }
    }

    @Override
    public State save() {
        return new State(SCHEMA, 1).put("steps", steps).put("mean", mean).put("variance", variance);
    }

    /// The state by reference, good until the next step.
    public State lend() {
        return new State(SCHEMA, 1).put("steps", steps).put("mean", Tensor.of(mean)).put("variance",
                Tensor.of(variance));
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1).tensor("mean", Tensor.Type.FLOAT32, mean.length);
        state.tensor("variance", Tensor.Type.FLOAT32, mean.length);
        steps = state.integer("steps");
        state.read("mean", mean);
        state.read("variance", variance);
    }
}
