package {{package}};

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.metrics.Metric;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import java.util.Arrays;

/// The learner: holds the best weights so far and a candidate.
final class {{class}}Learner implements Algorithm {

    static final String SCHEMA = "{{package}}";

    private final Environment environment;
    private final EnvironmentSpec spec;
    private final double noise;
    private final SeededRandom random;
    private final Metric bestMetric;

    private final float[] best;
    private final float[] candidate;
    private final LinearPolicy candidatePolicy;
    private double bestReturn = -Double.MAX_VALUE; // no return yet

    private final float[] actions;
    private final boolean[] starts;
    private final double[] returns;
    private final int[] ended;
    private boolean closed;

    {{class}}Learner(AlgorithmContext context, double noise) {
        this.environment = context.environment();
        this.spec = environment.spec();
        this.noise = noise;
        this.random = context.random();
        this.bestMetric = context.metrics().last("best/return", "mean return of the best weights so far");
        this.best = new float[LinearPolicy.weights(spec)];
        this.candidate = new float[best.length];
        this.candidatePolicy = new LinearPolicy(spec, candidate);
        int n = environment.copies();
        this.actions = new float[n * spec.action().size()];
        this.starts = new boolean[n];
        this.returns = new double[n];
        this.ended = new int[n];
    }

    @Override
    public void iterate() {
        requireOpen();
        for (int i = 0; i < best.length; i++) {
            candidate[i] = best[i] + (float) (noise * random.nextGaussian());
        }
        double mean = playOneEpisodePerCopy();
        if (mean >= bestReturn) {
            bestReturn = mean;
            System.arraycopy(candidate, 0, best, 0, best.length);
        }
        bestMetric.add(bestReturn);
    }

    /// The episode a copy is in the middle of was begun by another candidate, so the first end of a copy only starts
    /// the episode that counts, which its second end finishes.
    private double playOneEpisodePerCopy() {
        Arrays.fill(returns, 0);
        Arrays.fill(ended, 0);
        int open = returns.length;
        while (open > 0) {
            candidatePolicy.act(environment.observations(), starts, actions);
            environment.step(actions);
            checkObservations();
            for (int i = 0; i < returns.length; i++) {
                if (ended[i] == 1) {
                    returns[i] += environment.rewards()[i];
                }
                if ((environment.terminated()[i] || environment.truncated()[i]) && ++ended[i] == 2) {
                    open--;
                }
            }
        }
        double sum = 0;
        for (double episodeReturn : returns) {
            sum += episodeReturn;
        }
        if (!Double.isFinite(sum)) {
            throw new DivergenceException("a return is " + sum + "; look at the rewards of " + spec.name());
        }
        return sum / returns.length;
    }

    /// A sum is NaN or infinite where a part of it is.
    private void checkObservations() {
        float sum = 0;
        for (float value : environment.observations().values()) {
            sum += value;
        }
        if (!Float.isFinite(sum)) {
            throw new DivergenceException("an observation of " + spec.name() + " is not finite");
        }
    }

    @Override
    public Policy policy(int copies) {
        requireOpen();
        return new LinearPolicy(spec, best);
    }

    @Override
    public State save() {
        requireOpen();
        long[] generator = new long[4];
        random.save(generator, 0);
        return new State(SCHEMA, 1).put("best", best).put("bestReturn", bestReturn).put("random", generator);
    }

    @Override
    public void restore(State state) {
        requireOpen();
        // Read everything before anything changes, so that a state that does not fit leaves this learner as it was.
        float[] weights = new float[best.length];
        long[] generator = new long[4];
        state.expect(SCHEMA, 1).read("best", weights);
        state.read("random", generator);
        bestReturn = state.number("bestReturn");
        random.restore(generator, 0);
        System.arraycopy(weights, 0, best, 0, best.length);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("{{name}} is closed");
        }
    }
}
