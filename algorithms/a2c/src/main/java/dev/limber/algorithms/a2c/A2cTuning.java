package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import java.util.Map;

/// Settings found to work.
final class A2cTuning {

    /// Chosen on the cart-pole; for pictures of whatever it is.
    private static final Tuning PICTURES = Tuning.of(400_000, 16, "none",
            Options.of(Map.of("convolutions", "8:8/4,16:4/2", "hidden", "128", "activation", "relu", "lr", 1e-3,
                    "gamma",
                    0.995, "rollout", 16, "entropy", 0.003, "normalizeAdvantage", true, "normalizeReward", true)));

    private A2cTuning() {}

    static Tuning of(EnvironmentSpec environment) {
        if (environment.image().isPresent()) {
            return PICTURES;
        }
        // A discount close to 1 makes drifting out of sight after some hundred steps count.
        Options cartPole = Options.of(
                Map.of("lr", 1e-3, "gamma", 0.995, "rollout", 16, "normalizeAdvantage", true, "normalizeReward", true));
        return switch (environment.name()) {
            case "CartPole-v1" -> Tuning.of(300_000, 8, "none", cartPole);
            case "CartPole-jbullet" -> Tuning.of(500_000, 8, "none", cartPole);
            // Wide actions at the beginning find the swing.
            case "Pendulum-v1" ->
                    Tuning.of(1_000_000, 16, "running", Options.of(Map.of("lr", 3e-3, "gamma", 0.97, "lambda", 0.8,
                            "rollout", 8, "normalizeReward", true, "logStd", 0.5)));
            default -> Tuning.NONE;
        };
    }
}
