package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import dev.limber.api.state.Tensor;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.optimizer.Adam;
import dev.limber.learning.optimizer.GradientNorm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// An actor, a critic, or twin critics: the parameters in one flat buffer, the targets that follow them in another, and
/// the optimiser of both twins at once.
final class Network implements Stateful {

    private static final String SCHEMA = "dev.limber.algorithms.ddpg.network";
    private static final int VERSION = 1;
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final String name;
    private final MlpSpec spec;
    private final int members;
    private final Parameters parameters;
    private final Parameters targets;
    private final Adam adam;

    /// Networks whose parameters are still to be [drawn][#draw] or restored.
    ///
    /// @param name for messages: "critic"
    /// @param members 1, or 2 for twins
    Network(String name, MlpSpec spec, int members) {
        this.name = name;
        this.spec = spec;
        this.members = members;
        parameters = new Parameters(members * spec.parameterCount());
        targets = new Parameters(parameters.count());
        adam = new Adam(parameters.count(), 0.9, 0.999, 1e-8);
    }

    /// Draws new parameters, and makes the targets equal to them.
    void draw(SeededRandom random) {
        for (int member = 0; member < members; member++) {
            FanInInitialization.fill(spec, memory(member), random);
        }
        targets.memory().copyFrom(parameters.memory());
    }

    MlpSpec spec() {
        return spec;
    }

    int members() {
        return members;
    }

    Parameters parameters() {
        return parameters;
    }

    Parameters targets() {
        return targets;
    }

    /// The parameters as one thread sees them, each with a gradient of its own; thread 0 has that of [#parameters].
    Parameters view(int thread) {
        return thread == 0 ? parameters : parameters.withOwnGradient();
    }

    /// The parameters of one of the twins.
    MemorySegment memory(int member) {
        return parameters.memory(member * spec.parameterCount(), spec.parameterCount());
    }

    /// Where the parameters of one of the twins begin, in floats.
    int offset(int member) {
        return member * spec.parameterCount();
    }

    /// Takes a step along the mean gradient of the parts of a batch.
    ///
    /// @param parts the [#view] of each thread, with the gradient of its part
    /// @param update its number, for messages
    /// @return the length of the gradient
    /// @throws DivergenceException naming the tensor whose gradient or new value is not finite
    double step(Parameters[] parts, double learningRate, long update) {
        float[] gradient = parameters.gradient();
        if (parts.length > 1) {
            average(parts, gradient);
        }
        double norm = GradientNorm.of(gradient);
        if (!Double.isFinite(norm)) {
            throw diverged("gradient", MemorySegment.ofArray(gradient), norm, update);
        }
        adam.step(parameters, learningRate);
        if (!finite(parameters.memory())) {
            throw diverged("value", parameters.memory(), Double.NaN, update);
        }
        return norm;
    }

    /// The sum is always taken in the order of the parts, whichever was ready first.
    private static void average(Parameters[] parts, float[] gradient) {
        for (int part = 1; part < parts.length; part++) {
            float[] other = parts[part].gradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += other[i];
            }
        }
        float scale = 1f / parts.length;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= scale;
        }
    }

    /// Polyak averaging: `targets += tau (parameters - targets)`.
    void follow(double tau) {
        MemorySegment source = parameters.memory();
        MemorySegment target = targets.memory();
        float rate = (float) tau;
        int count = parameters.count();
        int i = 0;
        for (int end = LANES.loopBound(count); i < end; i += LANES.length()) {
            long at = (long) i * Float.BYTES;
            var old = FloatVector.fromMemorySegment(LANES, target, at, ByteOrder.nativeOrder());
            FloatVector.fromMemorySegment(LANES, source, at, ByteOrder.nativeOrder()).sub(old).mul(rate).add(old)
                    .intoMemorySegment(target, at, ByteOrder.nativeOrder());
        }
        for (; i < count; i++) {
            float old = target.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            float now = source.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, (now - old) * rate + old);
        }
    }

    private static boolean finite(MemorySegment values) {
        // 0 times a number is 0 unless the number is not finite.
        var sums = FloatVector.zero(LANES);
        long count = values.byteSize() / Float.BYTES;
        long i = 0;
        for (long end = LANES.loopBound(count); i < end; i += LANES.length()) {
            sums = FloatVector.fromMemorySegment(LANES, values, i * Float.BYTES, ByteOrder.nativeOrder()).mul(0f)
                    .add(sums);
        }
        boolean finite = true;
        for (int lane = 0; lane < LANES.length(); lane++) {
            finite &= sums.lane(lane) == 0;
        }
        for (; i < count; i++) {
            finite &= Float.isFinite(values.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        return finite;
    }

    /// Names the first tensor with a number that is not finite; `fallback` is the sum's value where each of them is.
    private DivergenceException diverged(String what, MemorySegment values, double fallback, long update) {
        for (int member = 0; member < members; member++) {
            for (int layer = 0; layer < spec.layers(); layer++) {
                int weight = offset(member) + spec.weightOffset(layer);
                int bias = offset(member) + spec.biasOffset(layer);
                int end = bias + spec.layerOutputs(layer);
                for (int i = weight; i < end; i++) {
                    float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                    if (!Float.isFinite(value)) {
                        return diverged(what + " of " + name + (members > 1 ? " " + (member + 1) : "") + ", layer "
                                + (layer + 1) + (i < bias ? " weight" : " bias"), value, update);
                    }
                }
            }
        }
        return diverged(what + " of " + name, fallback, update);
    }

    private static DivergenceException diverged(String tensor, double value, long update) {
        return new DivergenceException(tensor + " is " + value + " in update " + update
                + "; try a smaller lr, or smaller rewards and observations");
    }

    @Override
    public State save() {
        return new State(SCHEMA, VERSION).put("parameters", parameters.save()).put("targets", targets.save())
                .put("optimizer", adam.save());
    }

    @Override
    public void restore(State state) {
        Tensor saved = state.expect(SCHEMA, VERSION).tensor("parameters", Tensor.Type.FLOAT32, parameters.count());
        Tensor savedTargets = state.tensor("targets", Tensor.Type.FLOAT32, targets.count());
        adam.restore(state.state("optimizer"));
        parameters.restore(saved);
        targets.restore(savedTargets);
    }

    /// The parameters of a single network that a state holds.
    static Tensor parameters(State state, MlpSpec spec) {
        return state.expect(SCHEMA, VERSION).tensor("parameters", Tensor.Type.FLOAT32, spec.parameterCount());
    }
}
