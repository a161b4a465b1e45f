package dev.limber.algorithms.ddpg;

import dev.limber.api.plugin.UsageException;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.schedule.Schedule;
import java.util.List;

/// The options that all three algorithms have.
///
/// @param lr learning rate of all networks at the beginning
/// @param schedule how it goes on
/// @param gamma discount factor per step
/// @param tau part of the way that targets go towards the networks per update
/// @param batch transitions per update
/// @param memory transitions to remember
/// @param warmup environment steps with random actions before the first update
/// @param steps steps of every copy per iteration
/// @param ratio updates per environment step
/// @param policyDelay updates of the critic per update of the actor
/// @param theta part of the noise that is new in every step
/// @param hidden widths of the hidden layers
/// @param threads parts that a batch is cut into
/// @param overlap true where updates go on while the environment steps
record ReplaySettings(double lr, Schedule schedule, double gamma, double tau, int batch, int memory, int warmup,
        int steps, double ratio, int policyDelay, double theta, List<Integer> hidden, int threads,
        boolean overlap) {

    /// Checks what ranges of single options cannot say.
    ReplaySettings {
        if (batch % threads != 0) {
            throw new UsageException("a batch of " + batch + " cannot be cut into " + threads
                    + " equal parts; make batch a multiple of learnerThreads");
        }
    }

    /// Reads what users write as text.
    private ReplaySettings(double lr, String schedule, double gamma, double tau, int batch, int memory, int warmup,
            int steps, double ratio, int policyDelay, String noiseType, double theta, String hidden, int threads,
            boolean overlap) {
        this(lr, Schedule.named(schedule), gamma, tau, batch, memory, warmup, steps, ratio, policyDelay,
                theta(noiseType, theta), MlpSpec.widths(hidden), threads, overlap);
    }

    static ReplaySettings of(DdpgSettings of) {
        return new ReplaySettings(of.lr(), of.schedule(), of.gamma(), of.tau(), of.batch(), of.memory(), of.warmup(),
                of.steps(), of.ratio(), of.policyDelay(), of.noiseType(), of.theta(), of.hidden(), of.learnerThreads(),
                of.overlap());
    }

    static ReplaySettings of(Td3Settings of) {
        return new ReplaySettings(of.lr(), of.schedule(), of.gamma(), of.tau(), of.batch(), of.memory(), of.warmup(),
                of.steps(), of.ratio(), of.policyDelay(), of.noiseType(), of.theta(), of.hidden(), of.learnerThreads(),
                of.overlap());
    }

    static ReplaySettings of(SacSettings of) {
        return new ReplaySettings(of.lr(), of.schedule(), of.gamma(), of.tau(), of.batch(), of.memory(), of.warmup(),
                of.steps(), of.ratio(), of.policyDelay(), of.noiseType(), of.theta(), of.hidden(), of.learnerThreads(),
                of.overlap());
    }

    private static double theta(String noiseType, double theta) {
        return switch (noiseType) {
            case "gaussian" -> 1;
            case "ou" -> theta;
            default -> throw new UsageException("there is no noiseType '" + noiseType + "', use gaussian or ou");
        };
    }
}
