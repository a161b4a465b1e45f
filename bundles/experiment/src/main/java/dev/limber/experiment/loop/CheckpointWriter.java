package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.util.Map;

/// Writes checkpoints, and knows when the next one is due.
final class CheckpointWriter {

    private final Current current;
    private final RunnerOptions options;
    private final Appraisal appraisal;
    private final Chronicle chronicle;
    private final RunDirectory directory;
    private final RecorderThread recorders;
    private long lastStep;
    private long lastNanos = System.nanoTime();

    /// @param lastStep the step of the newest checkpoint that is there, -1 for none
    CheckpointWriter(Current current, RunnerOptions options, Appraisal appraisal, Chronicle chronicle,
            RunDirectory directory, RecorderThread recorders, long lastStep) {
        this.current = current;
        this.options = options;
        this.appraisal = appraisal;
        this.chronicle = chronicle;
        this.directory = directory;
        this.recorders = recorders;
        this.lastStep = lastStep;
    }

    /// True where the last one is so old that another is due.
    boolean due(long now) {
        return now - lastNanos >= options.checkpointSeconds() * 1e9;
    }

    /// The step of the newest checkpoint.
    long lastStep() {
        return lastStep;
    }

    /// Writes a checkpoint.
    ///
    /// @param state from [Snapshots#take] at `step`
    /// @param better true where the policy was better than ever then
    void write(long step, State state, boolean better) throws IOException {
        boolean best = better || Double.isNaN(appraisal.bestScore()); // until there is a score, the newest is the best
        recorders.flush(); // rows up to this step must not be lost once it is the step to go on from
        directory.checkpoints().write(new Checkpoint(step, StoredPlan.toJson(current.plan()), state),
                options.keepCheckpoints(), best);
        lastStep = step;
        lastNanos = System.nanoTime();
        chronicle.add("checkpoint", Map.of("best", best, "meanReturn", current.statistics().meanReturn()));
    }
}
