package dev.limber.learning.actorcritic;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Discrete;
import dev.limber.learning.distribution.Categorical;

/// One of n choices; the actor's outputs are their logits.
final class DiscreteActions implements Actions {

    private final Categorical distribution;

    DiscreteActions(Discrete space) {
        distribution = new Categorical(space.n());
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void sample(float[] outputs, float[] logStd, int rows, SeededRandom random, float[] actions) {
        distribution.sample(outputs, rows, random, actions);
    }

    @Override
    public void greedy(float[] outputs, int rows, float[] actions) {
        distribution.greedy(outputs, rows, actions);
    }

    @Override
    public void toEnvironment(float[] actions, int rows, float[] target) {
        System.arraycopy(actions, 0, target, 0, rows);
    }
}
