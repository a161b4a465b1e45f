package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import dev.limber.learning.replay.Batch;
import dev.limber.learning.tensor.HostTensor;
import dev.limber.learning.tensor.TensorContext;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Some rows of a [Batch] as tensors over its memory, for the thread that differentiates them.
final class Minibatch {

    private final int firstRow;
    private final int rows;
    private final HostTensor observations;
    private final HostTensor actions;
    private final HostTensor rewards;
    private final HostTensor nextObservations;
    private final HostTensor discounts;

    Minibatch(TensorContext context, Batch batch, int firstRow, int rows) {
        this.firstRow = firstRow;
        this.rows = rows;
        int observation = batch.spec().observation().size();
        observations = rows(context, batch.observations(), observation);
        actions = rows(context, batch.actions(), batch.spec().action().size());
        rewards = rows(context, batch.rewards(), 1);
        nextObservations = rows(context, batch.nextObservations(), observation);
        discounts = rows(context, batch.discounts(), 1);
    }

    private HostTensor rows(TensorContext context, ByteBuffer buffer, int width) {
        long row = (long) width * Float.BYTES;
        return new HostTensor(context, MemorySegment.ofBuffer(buffer).asSlice(firstRow * row, rows * row), rows, width);
    }

    /// [rows, observation].
    NDArray observations() {
        return observations.array();
    }

    /// Actions taken, -1 to 1 [rows, action].
    NDArray actions() {
        return actions.array();
    }

    /// [rows, 1].
    NDArray rewards() {
        return rewards.array();
    }

    /// [rows, observation].
    NDArray nextObservations() {
        return nextObservations.array();
    }

    /// What the next value counts: gamma, or 0 where the episode ended for good [rows, 1].
    NDArray discounts() {
        return discounts.array();
    }
}
