package {{package}};

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;

/// Scores W o + b: the highest one is the choice, or, where actions are vectors, the scores are the action.
final class LinearPolicy implements Policy {

    private final Space action;
    private final int inputs;
    private final int outputs;
    private final float[] weights;
    private final float[] scores;

    /// @param weights row-major [outputs, inputs + 1], the last of a row being its bias; used, not copied
    LinearPolicy(EnvironmentSpec environment, float[] weights) {
        action = environment.action();
        inputs = environment.observation().size();
        outputs = outputs(action);
        this.weights = weights;
        scores = new float[outputs];
    }

    static int weights(EnvironmentSpec environment) {
        return outputs(environment.action()) * (environment.observation().size() + 1);
    }

    private static int outputs(Space action) {
        return switch (action) {
            case Discrete discrete -> discrete.n();
            case Box box -> box.size();
        };
    }

    @Override
    public void act(Observations observations, boolean[] starts, float[] actions) {
        int size = action.size();
        for (int row = 0; row < actions.length / size; row++) {
            score(observations.values(), row * inputs);
            if (action instanceof Box) {
                System.arraycopy(scores, 0, actions, row * size, size); // the environment clips them to its bounds
            } else {
                actions[row] = highest();
            }
        }
    }

    private void score(float[] observations, int at) {
        for (int k = 0; k < outputs; k++) {
            int w = k * (inputs + 1);
            float score = weights[w + inputs];
            for (int i = 0; i < inputs; i++) {
                score += weights[w + i] * observations[at + i];
            }
            scores[k] = score;
        }
    }

    private int highest() {
        int best = 0;
        for (int k = 1; k < outputs; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }
}
