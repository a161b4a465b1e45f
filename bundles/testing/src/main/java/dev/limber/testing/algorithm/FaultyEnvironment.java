package dev.limber.testing.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;

/// Breaks down: from one step on, the last number it gives is NaN.
final class FaultyEnvironment extends ForwardingEnvironment {

    /// What breaks.
    enum Fault {
        OBSERVATION, REWARD
    }

    private final Fault fault;
    private int stepsLeft;

    private FaultyEnvironment(Environment environment, Fault fault, int steps) {
        super(environment);
        this.fault = fault;
        stepsLeft = steps;
    }

    /// Environments that work for `steps` steps.
    static EnvironmentFactory factory(EnvironmentFactory factory, Fault fault, int steps) {
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return factory.spec(options);
            }

            @Override
            public Environment create(int copies, Options options) {
                return new FaultyEnvironment(factory.create(copies, options), fault, steps);
            }
        };
    }

    @Override
    public void step(float[] actions) {
        super.step(actions);
        stepsLeft--;
    }

    @Override
    public Observations observations() {
        Observations sound = super.observations();
        return fault == Fault.OBSERVATION
                ? new Observations(broken(sound.values()), sound.pixels())
                : sound;
    }

    @Override
    public float[] rewards() {
        return fault == Fault.REWARD ? broken(super.rewards()) : super.rewards();
    }

    private float[] broken(float[] sound) {
        if (stepsLeft > 0 || sound.length == 0) {
            return sound;
        }
        float[] broken = sound.clone();
        broken[broken.length - 1] = Float.NaN;
        return broken;
    }
}
