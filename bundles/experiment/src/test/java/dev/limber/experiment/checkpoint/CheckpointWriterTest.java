package dev.limber.experiment.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckpointWriterTest {

    private final List<String> written = new CopyOnWriteArrayList<>();

    @Test
    void callerGoesOnWhileACheckpointIsWrittenAndTheNextOneWaits() throws Exception {
        try (var writer = new CheckpointWriter()) {
            var disk = new CountDownLatch(1);
            writer.write(() -> slowly(disk, "first"));
            assertTrue(writer.busy());
            assertEquals(List.of(), written);
            disk.countDown();
            writer.write(() -> written.add("second"));
            assertEquals("first", written.getFirst());
            writer.await();
            assertFalse(writer.busy());
            assertEquals(List.of("first", "second"), written);
        }
    }

    @Test
    void whatCouldNotBeWrittenIsSaidOnceAndBeforeTheNextOne() throws Exception {
        try (var writer = new CheckpointWriter()) {
            writer.write(() -> {
                throw new IOException("disk full");
            });
            assertEquals("disk full",
                    assertThrows(IOException.class, () -> writer.write(() -> written.add("next"))).getMessage());
            assertEquals(List.of(), written);
            writer.write(() -> written.add("later"));
            writer.await();
            assertEquals(List.of("later"), written);
        }
    }

    @Test
    void closingWaitsForTheDiskAlsoWhereItIsInterrupted() throws Exception {
        var disk = new CountDownLatch(1);
        try (var writer = new CheckpointWriter()) {
            writer.write(() -> slowly(disk, "last"));
            Thread.currentThread().interrupt();
            disk.countDown();
        }
        assertTrue(Thread.interrupted());
        assertEquals(List.of("last"), written);
    }

    private void slowly(CountDownLatch disk, String name) throws IOException {
        try {
            disk.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        written.add(name);
    }
}
