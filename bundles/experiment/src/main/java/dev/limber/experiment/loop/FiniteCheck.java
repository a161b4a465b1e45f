package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.space.Box;

/// Stops numbers that are not finite where they come from, before they poison weights and statistics.
final class FiniteCheck {

    private final EnvironmentSpec spec;
    private final int size;

    FiniteCheck(EnvironmentSpec spec) {
        this.spec = spec;
        size = spec.observation().size();
    }

    /// Looks at what the last step gave.
    ///
    /// @throws ArithmeticException naming the environment, the copy and the quantity
    void step(Environment environment, long steps) {
        float[] rewards = environment.rewards();
        for (int i = 0; i < rewards.length; i++) {
            if (!Float.isFinite(rewards[i])) {
                throw new ArithmeticException(
                        "reward" + term(environment, i) + where(i) + " is " + rewards[i] + " after step " + steps);
            }
        }
        if (size == 0) {
            return; // pictures alone, which are drawn while nobody asks for them
        }
        observations(environment.observations().values(), steps);
        boolean[] terminated = environment.terminated();
        boolean[] truncated = environment.truncated();
        float[] finals = environment.finalObservations().values();
        for (int i = 0; i < rewards.length && finals.length > 0; i++) {
            if (terminated[i] || truncated[i]) {
                for (int k = i * size; k < (i + 1) * size; k++) {
                    if (!Float.isFinite(finals[k])) {
                        throw failure("final ", k, finals[k], steps);
                    }
                }
            }
        }
    }

    /// Looks at observations alone, after a reset.
    void observations(float[] values, long steps) {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw failure("", k, values[k], steps);
            }
        }
    }

    private ArithmeticException failure(String kind, int index, float value, long steps) {
        String name = spec.observation() instanceof Box box ? " '" + box.names().get(index % size) + "'" : "";
        return new ArithmeticException(
                kind + "observation" + name + where(index / size) + " is " + value + " after step " + steps);
    }

    private String where(int copy) {
        return " of copy " + copy + " of " + spec.name();
    }

    private String term(Environment environment, int copy) {
        float[] terms = environment.rewardTerms();
        int copies = environment.copies();
        for (int i = 0; i < spec.rewardTerms().size() && spec.rewardTerms().size() > 1; i++) {
            if (!Float.isFinite(terms[i * copies + copy])) {
                return " term '" + spec.rewardTerms().get(i).name() + "'";
            }
        }
        return "";
    }
}
