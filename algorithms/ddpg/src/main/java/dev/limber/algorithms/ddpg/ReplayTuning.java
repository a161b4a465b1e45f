package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.plugin.Options;
import java.util.Map;

/// Settings found to work.
final class ReplayTuning {

    private ReplayTuning() {}

    static Tuning of(String algorithm, String environment) {
        return switch (algorithm + " " + environment) {
            case "ddpg Pendulum-v1", "td3 Pendulum-v1", "sac Pendulum-v1" -> Tuning.of(20_000, 1, "none", PENDULUM);
            case "sac MountainCarContinuous-v0" -> Tuning.of(50_000, 1, "none", MOUNTAIN_CAR);
            default -> Tuning.NONE;
        };
    }

    private static final Options PENDULUM = Options.of(Map.of("hidden", "64,64", "batch", 128, "gamma", 0.98,
            "warmup", 10_000));

    private static final Options MOUNTAIN_CAR = Options.of(Map.of("hidden", "64,64", "batch", 128, "ratio", 0.25,
            "noiseType", "ou", "theta", 0.05, "warmup", 5000));
}
