package dev.limber.learning.optimizer;

import dev.limber.api.state.State;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// RMSProp as TensorFlow 1 has it, which A2C's published results stand on: `v = alpha v + (1 - alpha) g^2` from
/// `v = 1`, then `theta -= lr * g / sqrt(v + epsilon)`. (PyTorch's begins with `v = 0` and adds epsilon outside the
/// root, which makes its first steps larger.)
///
/// Source: Tieleman and Hinton, "Lecture 6.5 - RMSProp", 2012.
public final class RmsProp implements Optimizer {

    private static final String SCHEMA = "dev.limber.learning.rmsprop";
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final float alpha;
    private final float epsilon;
    private final float[] variance;

    /// @param count how many parameters there are
    /// @param alpha decay of the mean square; usually 0.99
    /// @param epsilon added to the mean square; usually 1e-5
    public RmsProp(int count, double alpha, double epsilon) {
        this.alpha = (float) alpha;
        this.epsilon = (float) epsilon;
        variance = new float[count];
        Arrays.fill(variance, 1);
    }

    @Override
    public void step(Parameters parameters, double learningRate) {
        MemorySegment theta = parameters.memory();
        float[] gradient = parameters.gradient();
        float rate = (float) learningRate;
        int i = 0;
        for (int end = LANES.loopBound(variance.length); i < end; i += LANES.length()) {
            var g = FloatVector.fromArray(LANES, gradient, i);
            var v = FloatVector.fromArray(LANES, variance, i).mul(alpha).add(g.mul(g).mul(1 - alpha));
            v.intoArray(variance, i);
            long at = (long) i * Float.BYTES;
            FloatVector.fromMemorySegment(LANES, theta, at, ByteOrder.nativeOrder())
                    .sub(g.mul(rate).div(v.add(epsilon).sqrt()))
                    .intoMemorySegment(theta, at, ByteOrder.nativeOrder());
        }
        for (; i < variance.length; i++) {
            float g = gradient[i];
            float v = variance[i] = variance[i] * alpha + g * g * (1 - alpha);
            float old = theta.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            theta.setAtIndex(ValueLayout.JAVA_FLOAT, i, old - g * rate / (float) Math.sqrt(v + epsilon));
        }
    }

    @Override
    public State save() {
        return new State(SCHEMA, 1).put("variance", variance);
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1).read("variance", variance);
    }
}
