package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.plugin.Options;
import java.util.Map;

/// Settings found to work.
final class A2cTuning {

    private A2cTuning() {}

    static Tuning of(String environment) {
        return switch (environment) {
            case "CartPole-v1", "CartPole-jbullet" -> Tuning.of(300_000, 8, "none",
                    Options.of(Map.of("lr", 2e-3, "gamma", 0.995, "rollout", 16, "normalizeReward", true)));
            case "Pendulum-v1" -> Tuning.of(1_000_000, 16, "running", Options.of(Map.of("gamma", 0.9)));
            default -> Tuning.NONE;
        };
    }
}
