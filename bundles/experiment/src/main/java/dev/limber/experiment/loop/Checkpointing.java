package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.checkpoint.CheckpointWriter;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.plan.StoredPlan;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/// Has checkpoints written while the experiment goes on, and knows when the next one is due.
final class Checkpointing implements AutoCloseable {

    private final Current current;
    private final RunnerOptions options;
    private final Appraisal appraisal;
    private final Chronicle chronicle;
    private final RunDirectory directory;
    private final RecorderThread recorders;
    private final CheckpointWriter writer = new CheckpointWriter();
    private long lastStep;
    private long lastNanos = System.nanoTime();
    private volatile long writtenStep;

    /// @param lastStep the step of the newest checkpoint that is there, -1 for none
    Checkpointing(Current current, RunnerOptions options, Appraisal appraisal, Chronicle chronicle,
            RunDirectory directory, RecorderThread recorders, long lastStep) {
        this.current = current;
        this.options = options;
        this.appraisal = appraisal;
        this.chronicle = chronicle;
        this.directory = directory;
        this.recorders = recorders;
        this.lastStep = lastStep;
        writtenStep = lastStep;
    }

    /// True where the last one is so old that another is due. A disk that is slower than checkpoints fall due has them
    /// written less often; it does not hold training up.
    boolean due(long now) {
        return now - lastNanos >= options.checkpointSeconds() * 1e9 && !writer.busy();
    }

    /// The step of the newest checkpoint, which may still be on its way to the disk.
    long lastStep() {
        return lastStep;
    }

    /// The step of the newest checkpoint that is on the disk, -1 for none.
    long writtenStep() {
        return writtenStep;
    }

    /// Takes a checkpoint and has it written.
    ///
    /// @param snapshot from [Snapshots#take] at `step`
    /// @param better true where the policy was better than ever then
    void write(long step, Supplier<State> snapshot, boolean better) throws IOException {
        long began = System.nanoTime();
        boolean best = better || Double.isNaN(appraisal.bestScore()); // until there is a score, the newest is the best
        var checkpoint = new Checkpoint(step, StoredPlan.toJson(current.plan()), snapshot.get());
        var details = new LinkedHashMap<String, Object>();
        details.put("best", best);
        details.put("meanReturn", current.statistics().meanReturn());
        writer.await();
        long handedOver = System.nanoTime();
        details.put("pauseMillis", (handedOver - began) / 1e6);
        writer.write(() -> {
            recorders.flush(); // rows up to this step must not be lost once it is the step to go on from
            directory.checkpoints().write(checkpoint, options.keepCheckpoints(), best);
            details.put("writeMillis", (System.nanoTime() - handedOver) / 1e6);
            chronicle.add(step, "checkpoint", details);
            writtenStep = step;
        });
        lastStep = step;
        lastNanos = handedOver;
    }

    /// Waits until everything is on the disk.
    ///
    /// @throws IOException where that could not be; said once
    void await() throws IOException {
        writer.await();
    }

    /// Waits until everything is on the disk, and ends the thread.
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
