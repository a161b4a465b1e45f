package dev.limber.api.sketch;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Observations;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Image;
import dev.limber.api.state.State;

/// A mass of 1 kg on a line that a force is to bring to 0, seen as numbers and as a strip of pixels.
final class PointMass implements Environment {

    static final int STRIP = 32;
    private static final double H = 0.1;

    private final EnvironmentSpec spec = EnvironmentSpec
            .of("point-mass", Box.unbounded("position [m]", "velocity [m/s]"),
                    Box.symmetric(new float[] {1}, "force [N]"))
            .image(new Image(1, STRIP, 1)).rewardTerms(new RewardTerm("distance", -1), new RewardTerm("effort", -0.01))
            .state("position [m]", "velocity [m/s]").stepSeconds(H).maxEpisodeSteps(20).snapshot(Snapshot.EXACT)
            .build();
    private final int copies;
    private final double[] x;
    private final double[] v;
    private final int[] age;
    private final SeededRandom[] random;
    private final Observations observations;
    private final Observations finals;
    private final float[] rewards;
    private final float[] terms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private double[] weights = spec.rewardWeights();

    PointMass(int copies) {
        this.copies = copies;
        x = new double[copies];
        v = new double[copies];
        age = new int[copies];
        random = new SeededRandom[copies];
        observations = new Observations(new float[2 * copies], new byte[STRIP * copies]);
        finals = new Observations(new float[2 * copies], new byte[STRIP * copies]);
        rewards = new float[copies];
        terms = new float[2 * copies];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public int copies() {
        return copies;
    }

    @Override
    public void reset(long[] seeds) {
        for (int i = 0; i < copies; i++) {
            random[i] = new SeededRandom(seeds[i]);
            begin(i);
        }
    }

    private void begin(int i) {
        x[i] = random[i].nextDouble(-1, 1);
        v[i] = 0;
        age[i] = 0;
        observe(i, observations);
    }

    private void observe(int i, Observations target) {
        target.values()[2 * i] = (float) x[i];
        target.values()[2 * i + 1] = (float) v[i];
        for (int p = 0; p < STRIP; p++) {
            target.pixels()[i * STRIP + p] = 0;
        }
        target.pixels()[i * STRIP + Math.clamp((int) ((x[i] + 2) / 4 * STRIP), 0, STRIP - 1)] = (byte) 255;
    }

    @Override
    public void step(float[] actions) {
        spec.action().check(actions, copies, "action");
        for (int i = 0; i < copies; i++) {
            double force = Math.clamp(actions[i], -1f, 1f);
            v[i] += H * force;
            x[i] += H * v[i];
            terms[i] = (float) Math.abs(x[i]);
            terms[copies + i] = (float) (force * force);
            rewards[i] = (float) (weights[0] * terms[i] + weights[1] * terms[copies + i]);
            terminated[i] = Math.abs(x[i]) > 2;
            truncated[i] = !terminated[i] && ++age[i] == spec.maxEpisodeSteps();
            if (terminated[i] || truncated[i]) {
                observe(i, finals);
                begin(i);
            } else {
                observe(i, observations);
            }
        }
    }

    @Override
    public Observations observations() {
        return observations;
    }

    @Override
    public Observations finalObservations() {
        return finals;
    }

    @Override
    public float[] rewards() {
        return rewards;
    }

    @Override
    public float[] rewardTerms() {
        return terms;
    }

    @Override
    public void setRewardWeights(double[] newWeights) {
        weights = newWeights.clone();
    }

    @Override
    public boolean[] terminated() {
        return terminated;
    }

    @Override
    public boolean[] truncated() {
        return truncated;
    }

    @Override
    public double[] state(int copy) {
        return new double[] {x[copy], v[copy]};
    }

    @Override
    public void setState(int copy, double[] state) {
        x[copy] = state[0];
        v[copy] = state[1];
        observe(copy, observations);
    }

    @Override
    public State save() {
        long[] generators = new long[4 * copies];
        for (int i = 0; i < copies; i++) {
            random[i].save(generators, 4 * i);
        }
        return new State("point-mass", 1).put("x", x).put("v", v).put("age", age).put("random", generators);
    }

    @Override
    public void restore(State state) {
        state.expect("point-mass", 1).read("x", x);
        state.read("v", v);
        state.read("age", age);
        long[] generators = new long[4 * copies];
        state.read("random", generators);
        for (int i = 0; i < copies; i++) {
            random[i] = new SeededRandom(0);
            random[i].restore(generators, 4 * i);
            observe(i, observations);
        }
    }

    @Override
    public void close() {}
}
