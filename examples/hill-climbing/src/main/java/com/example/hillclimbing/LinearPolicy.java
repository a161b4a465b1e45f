package com.example.hillclimbing;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Discrete;

/// Chooses the action with the highest score W o + b.
final class LinearPolicy implements Policy {

    private final int inputs;
    private final int choices;
    private final float[] weights;

    /// @param weights row-major [choices, inputs + 1], the last of a row being its bias; used, not copied
    LinearPolicy(EnvironmentSpec environment, float[] weights) {
        this.inputs = environment.observation().size();
        this.choices = ((Discrete) environment.action()).n();
        this.weights = weights;
    }

    static int weights(EnvironmentSpec environment) {
        return ((Discrete) environment.action()).n() * (environment.observation().size() + 1);
    }

    @Override
    public void act(Observations observations, boolean[] starts, float[] actions) {
        float[] o = observations.values();
        for (int row = 0; row < actions.length; row++) {
            int best = 0;
            float highest = Float.NEGATIVE_INFINITY;
            for (int choice = 0; choice < choices; choice++) {
                int w = choice * (inputs + 1);
                float score = weights[w + inputs];
                for (int i = 0; i < inputs; i++) {
                    score += weights[w + i] * o[row * inputs + i];
                }
                if (score > highest) {
                    highest = score;
                    best = choice;
                }
            }
            actions[row] = best;
        }
    }
}
