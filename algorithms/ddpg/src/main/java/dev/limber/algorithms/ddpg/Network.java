package dev.limber.algorithms.ddpg;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import dev.limber.api.state.Tensor;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.optimizer.Adam;
import dev.limber.learning.optimizer.Divergence;
import dev.limber.learning.optimizer.GradientNorm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Function;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// An actor, a critic, or twin critics: the parameters in one flat buffer, the targets that follow them, if any do, in
/// another, and the optimiser of both twins at once.
final class Network implements Stateful {

    private static final String SCHEMA = "dev.limber.algorithms.ddpg.network";
    private static final int VERSION = 2;
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final String name;
    private final MlpSpec spec;
    private final int members;
    private final Parameters parameters;
    private final Optional<Parameters> targets;
    private final Adam adam;
    private double weights;

    /// Networks whose parameters are still to be [drawn][#draw] or restored.
    ///
    /// @param name for messages: "critic"
    /// @param members 1, or 2 for twins
    /// @param followed true for targets
    Network(String name, MlpSpec spec, int members, boolean followed) {
        this.name = name;
        this.spec = spec;
        this.members = members;
        parameters = new Parameters(members * spec.parameterCount());
        targets = followed ? Optional.of(new Parameters(parameters.count())) : Optional.empty();
        adam = new Adam(parameters.count(), 0.9, 0.999, 1e-8);
    }

    /// Draws new parameters, and makes the targets equal to them.
    void draw(SeededRandom random) {
        for (int member = 0; member < members; member++) {
            FanInInitialization.fill(spec, memory(member), random);
        }
        weights = parameters.length();
        targets.ifPresent(following -> following.memory().copyFrom(parameters.memory()));
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

    /// Empty where nothing follows the parameters.
    Optional<Parameters> targets() {
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
    /// @throws dev.limber.api.algorithm.DivergenceException naming the tensor whose gradient or new value is not finite
    double step(Parameters[] parts, double learningRate, long update) {
        float[] gradient = parameters.gradient();
        if (parts.length > 1) {
            average(parts, gradient);
        }
        double length = Divergence.check("gradient", GradientNorm.of(gradient), MemorySegment.ofArray(gradient),
                this::tensorAt, update);
        adam.step(parameters, learningRate);
        weights = Divergence.check("value", parameters.length(), parameters.memory(), this::tensorAt, update);
        return length;
    }

    /// The length of all parameters.
    double weights() {
        return weights;
    }

    /// The tensor that a parameter belongs to, for messages.
    private String tensorAt(int index) {
        int count = spec.parameterCount();
        return name + (members > 1 ? " " + (index / count + 1) : "") + ", " + spec.tensorAt(index % count);
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
        MemorySegment target = targets.orElseThrow().memory();
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

    @Override
    public State save() {
        return state(Parameters::save, adam.save());
    }

    /// The state by reference, good until the next step.
    State lend() {
        return state(Parameters::lend, adam.lend());
    }

    private State state(Function<Parameters, Tensor> tensor, State optimizer) {
        var state = new State(SCHEMA, VERSION).put("parameters", tensor.apply(parameters)).put("optimizer", optimizer);
        targets.ifPresent(following -> state.put("targets", tensor.apply(following)));
        return state;
    }

    @Override
    public void restore(State state) {
        Tensor saved = state.expect(SCHEMA, VERSION).tensor("parameters", Tensor.Type.FLOAT32, parameters.count());
        Optional<Tensor> savedTargets = targets
                .map(following -> state.tensor("targets", Tensor.Type.FLOAT32, following.count()));
        adam.restore(state.state("optimizer"));
        parameters.restore(saved);
        savedTargets.ifPresent(each -> targets.orElseThrow().restore(each));
        weights = parameters.length();
    }

    /// The parameters of a single network that a state holds.
    static Tensor parameters(State state, MlpSpec spec) {
        return state.expect(SCHEMA, VERSION).tensor("parameters", Tensor.Type.FLOAT32, spec.parameterCount());
    }
}
