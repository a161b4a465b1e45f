package dev.limber.learning.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads batches row by row.
final class BatchRows {

    private BatchRows() {}

    static byte[] bytes(ByteBuffer buffer) {
        byte[] result = new byte[buffer.capacity()];
        buffer.duplicate().get(0, result);
        return result;
    }

    static float[] row(ByteBuffer buffer, int row, int width) {
        float[] result = new float[width];
        buffer.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(row * width, result);
        return result;
    }

    /// The running number of the step in a row.
    static int number(Batch batch, int row) {
        return (int) batch.actions().getFloat(4 * row * batch.spec().action().size());
    }

    /// Everything that a batch holds, to compare bit for bit.
    static byte[] all(Batch batch) {
        ByteBuffer[] parts = {batch.observations(), batch.pixels(), batch.actions(), batch.rewards(),
            batch.nextObservations(), batch.nextPixels(), batch.terminated(), batch.discounts(), batch.weights()};
        int length = 4 * batch.size();
        for (ByteBuffer part : parts) {
            length += part.capacity();
        }
        ByteBuffer result = ByteBuffer.allocate(length);
        for (ByteBuffer part : parts) {
            result.put(bytes(part));
        }
        result.asIntBuffer().put(batch.indices());
        return result.array();
    }

    /// Holds a row against the step that it must be and those after it.
    static void check(Batch batch, int row, RandomEpisodes.Step step, double gamma, int steps) {
        double reward = step.reward;
        double discount = gamma;
        RandomEpisodes.Step last = step;
        for (int i = 1; i < steps && !last.last && last.following != null; i++) {
            last = last.following;
            reward += discount * last.reward;
            discount *= gamma;
        }
        int width = step.observation.length;
        assertArrayEquals(step.observation, row(batch.observations(), row, width));
        assertArrayEquals(step.action, row(batch.actions(), row, step.action.length));
        assertArrayEquals(last.next, row(batch.nextObservations(), row, width));
        assertEquals((float) reward, batch.rewards().getFloat(4 * row), 1e-6);
        assertEquals(last.terminated ? 1 : 0, batch.terminated().getFloat(4 * row));
        assertEquals(last.terminated ? 0 : (float) discount, batch.discounts().getFloat(4 * row));
        int picture = step.picture.length;
        byte[] pixels = new byte[picture];
        batch.pixels().get(row * picture, pixels);
        assertArrayEquals(step.picture, pixels);
        batch.nextPixels().get(row * picture, pixels);
        assertArrayEquals(last.nextPicture, pixels);
    }
}
