package dev.limber.learning.replay;

import dev.limber.api.environment.Observations;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import dev.limber.api.state.Tensor;

/// A [ReplayMemory] that draws transitions in proportion to how much was last learned from them: proportional prioritised
/// experience replay (Schaul et al., "Prioritized Experience Replay", ICLR 2016, algorithm 1).
///
/// Transition i is drawn with probability `P(i) = p_i^alpha / sum_k p_k^alpha` (equation 1), where
/// `p_i = |delta_i| + epsilon` with its last temporal-difference error; new transitions have the greatest priority seen so
/// far, so that each is likely to be drawn soon. The range of the sum is cut into as many equal parts as the batch has
/// rows, and one transition is drawn from each. Weights undo the bias: `w_i = (N P(i))^-beta / max_j w_j`, the maximum over
/// the batch, where N is [#size].
///
/// Priorities take 16 to 32 bytes per row of the capacity on the heap, in a tree of sums. States hold a copy of 8 bytes
/// per row besides what [ReplayMemory#save] shares.
public final class PrioritizedReplay implements Stateful {

    private static final String SCHEMA = "dev.limber.learning.replay.prioritized";
    private static final int VERSION = 1;

    private final ReplayMemory memory;
    private final double alpha;
    private final double epsilon;
    private final SumTree tree;
    // The greatest p^alpha so far.
    private double greatest;

    /// An empty memory.
    ///
    /// @param gamma discount factor per step, 0 to 1
    /// @param steps over how many steps rewards are summed, at least 1
    /// @param alpha how much priorities count, 0 (uniform) to 1
    /// @param epsilon what is added to every error, so that no transition is forgotten; greater than 0
    public PrioritizedReplay(ReplaySpec spec, double gamma, int steps, double alpha, double epsilon) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + ", it must be within 0 and 1");
        }
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", it must be greater than 0");
        }
        this.alpha = alpha;
        this.epsilon = epsilon;
        greatest = 1;
        memory = new ReplayMemory(spec, gamma, steps);
        tree = new SumTree(memory.rows());
        memory.listen(new ReplayMemory.Listener() {
            @Override
            public void added(int row) {
                tree.set(row, greatest);
            }

            @Override
            public void dropped(int row) {
                tree.set(row, 0);
            }
        });
    }

    /// What it holds.
    public ReplaySpec spec() {
        return memory.spec();
    }

    /// How many transitions can be drawn.
    public int size() {
        return memory.size();
    }

    /// See [ReplayMemory#bytes].
    public long bytes() {
        return memory.bytes();
    }

    /// See [ReplayMemory#observe].
    public void observe(Observations now) {
        memory.observe(now);
    }

    /// See [ReplayMemory#add].
    public void add(float[] actions, float[] rewards, boolean[] terminated, boolean[] truncated, Observations next,
            Observations finals) {
        memory.add(actions, rewards, terminated, truncated, next, finals);
    }

    /// Draws transitions by priority, with replacement, and sets the weights of the batch.
    ///
    /// @param beta how much of the bias the weights undo, 0 (nothing) to 1 (all), usually rising over the training
    /// @throws IllegalStateException where the memory is empty
    public void sample(SeededRandom random, double beta, Batch batch) {
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("beta is " + beta + ", it must be within 0 and 1");
        }
        memory.checkSample(batch);
        double part = tree.total() / batch.size();
        int[] indices = batch.indices();
        // The rarest transition has the greatest weight, so dividing by that leaves (p_least / p_i)^beta.
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < batch.size(); i++) {
            int row = tree.find((i + random.nextDouble()) * part);
            memory.gather(batch, i, row);
            least = Math.min(least, tree.get(row));
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.setWeight(i, (float) Math.pow(least / tree.get(indices[i]), beta));
        }
    }

    /// Sets the priorities of the transitions in a batch. Call it before the next [#add]: a row that has been overwritten
    /// since takes the error for its own, if it holds a transition at all.
    ///
    /// @param errors temporal-difference errors of either sign [B]
    /// @throws IllegalArgumentException for a wrong length or an error that is not finite; nothing has changed then
    public void update(Batch batch, float[] errors) {
        if (errors.length != batch.size()) {
            throw new IllegalArgumentException(
                    errors.length + " errors, the batch has " + batch.size() + " transitions");
        }
        for (int i = 0; i < errors.length; i++) {
            if (!Float.isFinite(errors[i])) {
                throw new IllegalArgumentException("the error of transition " + i + " of the batch is " + errors[i]);
            }
        }
        int[] indices = batch.indices();
        for (int i = 0; i < errors.length; i++) {
            if (tree.get(indices[i]) > 0) {
                double weight = Math.pow(Math.abs(errors[i]) + epsilon, alpha);
                greatest = Math.max(greatest, weight);
                tree.set(indices[i], weight);
            }
        }
    }

    /// The probability that one draw gives that row.
    double probability(int row) {
        return tree.get(row) / tree.total();
    }

    /// The state, which shares the rows and copies the priorities.
    @Override
    public State save() {
        return new State(SCHEMA, VERSION).put("memory", memory.save())
                .put("priorities", Tensor.of(tree.weights(memory.rows()))).put("greatest", greatest);
    }

    /// See [ReplayMemory#restore].
    @Override
    public void restore(State state) {
        state.expect(SCHEMA, VERSION);
        ReplayMemory read = memory.readable(state.state("memory"));
        double[] weights = new double[memory.rows()];
        state.read("priorities", weights);
        double most = state.number("greatest");
        for (int row = 0; row < weights.length; row++) {
            if (read.drawable(row) ? !(weights[row] > 0 && weights[row] <= most) : weights[row] != 0) {
                throw new IncompatibleStateException("replay memory: the priority of row " + row + " is " + weights[row]
                        + ", it must be " + (read.drawable(row) ? "within 0 and " + most : "0"));
            }
        }
        memory.adopt(read);
        tree.setAll(weights);
        greatest = most;
    }

    /// See [ReplayMemory#release].
    public void release() {
        memory.release();
    }
}
