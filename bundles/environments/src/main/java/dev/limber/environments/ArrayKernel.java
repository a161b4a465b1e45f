package dev.limber.environments;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A kernel whose state is one array per state variable, with one number for each copy, which lets the JIT compiler
/// vectorise a loop over the copies.
///
/// What is left to write is the variables, in the order of the spec's state names, and three methods:
///
/// ```java
/// final class PendulumKernel extends ArrayKernel {
///
///     private final double[] angle = variable();
///     private final double[] velocity = variable();
///
///     PendulumKernel(int copies) {
///         super(copies);
///     }
///
///     // begin, step, observe
/// }
/// ```
public abstract class ArrayKernel implements Kernel {

    private static final String SCHEMA = "dev.limber.environments.variables";
    private static final int VERSION = 1;

    private final int copies;
    private final List<double[]> variables = new ArrayList<>();

    /// @param copies how many copies are stepped together, n
    protected ArrayKernel(int copies) {
        this.copies = copies;
    }

    /// Adds a state variable, 0 in every copy.
    ///
    /// @return its numbers [n]
    protected final double[] variable() {
        double[] variable = new double[copies];
        variables.add(variable);
        return variable;
    }

    @Override
    public final void state(int copy, double[] target) {
        requireAll(target.length);
        for (int k = 0; k < target.length; k++) {
            target[k] = variables.get(k)[copy];
        }
    }

    @Override
    public final void setState(int copy, double[] state) {
        requireAll(state.length);
        for (int k = 0; k < state.length; k++) {
            variables.get(k)[copy] = state[k];
        }
    }

    private void requireAll(int names) {
        if (names != variables.size()) {
            throw new IllegalStateException(getClass().getSimpleName() + " has " + variables.size()
                    + " state variables, its spec names " + names);
        }
    }

    /// The variables. A kernel that keeps more adds it.
    @Override
    public State save() {
        double[] all = new double[variables.size() * copies];
        for (int k = 0; k < variables.size(); k++) {
            System.arraycopy(variables.get(k), 0, all, k * copies, copies);
        }
        return new State(SCHEMA, VERSION).put("variables", Tensor.of(all, variables.size(), copies));
    }

    @Override
    public void restore(State state) {
        double[] all = new double[variables.size() * copies];
        state.expect(SCHEMA, VERSION).read("variables", all);
        for (int k = 0; k < variables.size(); k++) {
            System.arraycopy(all, k * copies, variables.get(k), 0, copies);
        }
    }
}
