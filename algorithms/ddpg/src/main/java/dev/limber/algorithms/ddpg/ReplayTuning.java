package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.plugin.Options;
import java.util.Map;

/// Settings found to work.
final class ReplayTuning {

    private ReplayTuning() {}

    static Tuning of(String algorithm, String environment) {
        return switch (algorithm + " " + environment) {
            case "ddpg Pendulum-v1" -> Tuning.of(20_000, 1, "none", PENDULUM.with("tau", 0.01));
            case "td3 Pendulum-v1", "sac Pendulum-v1" -> Tuning.of(20_000, 1, "none", PENDULUM);
            // With pushes of any force: the discrete ones are refused.
            case "ddpg CartPole-jbullet" -> Tuning.of(40_000, 1, "none", CART_POLE);
            case "td3 CartPole-jbullet" -> Tuning.of(40_000, 1, "none", CART_POLE.with("gamma", 0.995));
            case "sac CartPole-jbullet" -> Tuning.of(30_000, 1, "none", CART_POLE);
            case "sac MountainCarContinuous-v0" -> Tuning.of(50_000, 1, "none", MOUNTAIN_CAR);
            default -> Tuning.NONE;
        };
    }

    /// Half of the steps are random: without having seen all of the state space the critics believe in swings that fail.
    private static final Options PENDULUM = Options.of(Map.of("hidden", "64,64", "batch", 128, "gamma", 0.98, "warmup",
            10_000));

    /// Values rise to 100 and targets that follow slowly take most of the run to get there; random pushes teach little.
    private static final Options CART_POLE = Options.of(Map.of("hidden", "64,64", "batch", 128, "tau", 0.02, "warmup",
            1000));

    /// The car must swing up before it has seen a reward, which takes actions that last; see the documentation.
    private static final Options MOUNTAIN_CAR = Options.of(Map.of("hidden", "64,64", "batch", 128, "ratio", 0.25,
            "noiseType", "ou", "theta", 0.05, "warmup", 5000));
}
