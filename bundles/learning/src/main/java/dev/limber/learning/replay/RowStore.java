package dev.limber.learning.replay;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;

/// Rows of fixed width, column by column, in chunks off the heap that come to be when they are first written and are
/// copied on writing while a saved state shares them.
final class RowStore {

    /// The columns of a row, in the order in which they lie in a chunk: what needs alignment first.
    ///
    /// The numbers of a row, observation, action and reward, are one column: drawing a transition waits for memory, and so
    /// it waits once for them and the observation that follows.
    enum Column {
        NUMBERS(Tensor.Type.FLOAT32), PIXELS(Tensor.Type.UINT8), FLAGS(Tensor.Type.UINT8);

        private final Tensor.Type type;

        Column(Tensor.Type type) {
            this.type = type;
        }

        String key(int chunk) {
            return name().toLowerCase(Locale.ROOT) + "." + chunk;
        }
    }

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    // Never started: memory that it may read is confined to no thread.
    private static final Thread ANY_OTHER_THREAD = Thread.ofPlatform().unstarted(() -> {});
    private static final Column[] COLUMNS = Column.values();
    private static final long SMALLEST_CHUNK = 64 << 10;
    private static final long LARGEST_CHUNK = 1 << 20;
    private static final long LEAST_LEFT = 8 << 20;

    /// One chunk: a segment per column, none where the column is empty. Chunks are replaced, not changed.
    private record Chunk(MemorySegment numbers, MemorySegment pixels, MemorySegment flags) {

        MemorySegment column(Column column) {
            return switch (column) {
                case NUMBERS -> numbers;
                case PIXELS -> pixels;
                case FLAGS -> flags;
            };
        }
    }

    private final int rows;
    private final int observation;
    private final int action;
    // Numbers per row.
    private final int numbers;
    private final int frameBytes;
    private final int shift;
    private final int mask;
    // Bytes per row of each column.
    private final int[] widths;
    private final Chunk[] chunks;
    private final boolean[] shared;
    // Chunks that were replaced while a state shared them, and those among them that may be used again.
    private final ArrayDeque<Chunk> replaced = new ArrayDeque<>();
    private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
    // Bytes of chunks left to states since the last collection.
    private long left;

    RowStore(int rows, int observation, int action, int frameBytes) {
        this.rows = rows;
        this.observation = observation;
        this.action = action;
        this.frameBytes = frameBytes;
        numbers = observation + action + 1;
        widths = new int[] {4 * numbers, frameBytes, 1};
        long rowBytes = Arrays.stream(widths).asLongStream().sum();
        // Large memories in large chunks, so that a state of them has a few thousand entries at most; small ones in
        // small chunks, so that what is not filled costs little.
        long target = Math.clamp(rows * rowBytes / 128, SMALLEST_CHUNK, LARGEST_CHUNK);
        shift = 63 - Long.numberOfLeadingZeros(Math.max(1, target / rowBytes));
        mask = (1 << shift) - 1;
        chunks = new Chunk[(rows + mask) >>> shift];
        shared = new boolean[chunks.length];
    }

    /// Bytes that the chunks take, those kept for states or for later included.
    long bytes() {
        int count = replaced.size() + spare.size();
        for (Chunk chunk : chunks) {
            count += chunk == null ? 0 : 1;
        }
        return count * chunkBytes();
    }

    float reward(int row) {
        return chunks[row >>> shift].numbers.getAtIndex(FLOAT, first(row) + numbers - 1);
    }

    void setReward(int row, float reward) {
        writable(row).numbers.setAtIndex(FLOAT, first(row) + numbers - 1, reward);
    }

    /// The flags of a row, 0 where it has never been written.
    byte flags(int row) {
        Chunk chunk = chunks[row >>> shift];
        return chunk == null ? 0 : chunk.flags.get(ValueLayout.JAVA_BYTE, row & mask);
    }

    /// How many rows have a flag.
    int flagged(byte flag) {
        long eight = (flag & 255) * 0x0101010101010101L;
        long count = 0;
        for (Chunk chunk : chunks) {
            MemorySegment flags = chunk == null ? MemorySegment.NULL : chunk.flags;
            long i = 0;
            for (; i + Long.BYTES <= flags.byteSize(); i += Long.BYTES) {
                count += Long.bitCount(flags.get(ValueLayout.JAVA_LONG_UNALIGNED, i) & eight);
            }
            for (; i < flags.byteSize(); i++) {
                count += Integer.bitCount(flags.get(ValueLayout.JAVA_BYTE, i) & flag);
            }
        }
        return Math.toIntExact(count);
    }

    void setFlags(int row, byte flags) {
        writable(row).flags.set(ValueLayout.JAVA_BYTE, row & mask, flags);
    }

    void setAction(int row, float[] source, int from) {
        MemorySegment.copy(source, from, writable(row).numbers, FLOAT, 4 * (first(row) + observation), action);
    }

    void setObservation(int row, float[] source, int from) {
        MemorySegment.copy(source, from, writable(row).numbers, FLOAT, 4 * first(row), observation);
    }

    void setFrame(int row, byte[] source, int from) {
        if (frameBytes > 0) {
            MemorySegment.copy(source, from, writable(row).pixels, ValueLayout.JAVA_BYTE, firstPixel(row), frameBytes);
        }
    }

    /// True where the row holds exactly this observation.
    boolean observationEquals(int row, float[] source, int from) {
        MemorySegment memory = chunks[row >>> shift].numbers;
        long first = first(row);
        for (int i = 0; i < observation; i++) {
            if (Float.floatToRawIntBits(memory.getAtIndex(FLOAT, first + i)) != Float
                    .floatToRawIntBits(source[from + i])) {
                return false;
            }
        }
        return true;
    }

    /// True where the row holds exactly this frame.
    boolean frameEquals(int row, MemorySegment source, int from) {
        long offset = firstPixel(row);
        return frameBytes == 0 || MemorySegment.mismatch(chunks[row >>> shift].pixels, offset, offset + frameBytes,
                source, from, from + frameBytes) == -1;
    }

    /// Copies the observation of a row to `target` from byte `offset` on.
    void copyObservation(int row, MemorySegment target, long offset) {
        MemorySegment.copy(chunks[row >>> shift].numbers, 4 * first(row), target, offset, 4L * observation);
    }

    /// Copies the action of a row to `target` from byte `offset` on.
    void copyAction(int row, MemorySegment target, long offset) {
        MemorySegment.copy(chunks[row >>> shift].numbers, 4 * (first(row) + observation), target, offset, 4L * action);
    }

    /// Copies the frame of a row to `target` from byte `offset` on.
    void copyFrame(int row, MemorySegment target, long offset) {
        MemorySegment.copy(chunks[row >>> shift].pixels, firstPixel(row), target, offset, frameBytes);
    }

    /// The index of the first number of a row in its chunk.
    private long first(int row) {
        return (row & mask) * (long) numbers;
    }

    private long firstPixel(int row) {
        return (row & mask) * (long) frameBytes;
    }

    private Chunk writable(int row) {
        int index = row >>> shift;
        Chunk chunk = chunks[index];
        if (chunk == null || shared[index]) {
            chunk = replace(index, chunk);
        }
        return chunk;
    }

    private Chunk replace(int index, Chunk old) {
        Chunk chunk;
        if (old == null) {
            chunk = spare.isEmpty() ? allocate() : spare.pop();
            chunk.flags.fill((byte) 0);
        } else {
            chunk = copyOf(old);
            replaced.push(old);
        }
        chunks[index] = chunk;
        shared[index] = false;
        return chunk;
    }

    private Chunk copyOf(Chunk old) {
        Chunk chunk = spare.isEmpty() ? allocate() : spare.pop();
        for (int i = 0; i < COLUMNS.length; i++) {
            if (widths[i] > 0) {
                chunk.column(COLUMNS[i]).copyFrom(old.column(COLUMNS[i]));
            }
        }
        return chunk;
    }

    private Chunk allocate() {
        long bytes = chunkBytes();
        MemorySegment memory;
        try {
            memory = Arena.ofAuto().allocate(bytes, 8);
        } catch (OutOfMemoryError e) {
            throw new UsageException("the replay memory needs " + chunks.length * bytes / (1 << 20)
                    + " MiB off the heap when full and found no room after " + bytes() / (1 << 20)
                    + " MiB: lower its capacity, or start Java with a larger -XX:MaxDirectMemorySize");
        }
        MemorySegment[] parts = new MemorySegment[COLUMNS.length];
        long offset = 0;
        for (int i = 0; i < parts.length; i++) {
            long size = (long) widths[i] << shift;
            parts[i] = memory.asSlice(offset, size);
            offset += size;
        }
        return new Chunk(parts[0], parts[1], parts[2]);
    }

    private long chunkBytes() {
        long bytes = 0;
        for (int width : widths) {
            bytes += (long) width << shift;
        }
        return bytes;
    }

    /// Adds all chunks to a state, by reference. From now on they are copied before they are written.
    void share(State state) {
        for (int i = 0; i < chunks.length; i++) {
            Chunk chunk = chunks[i];
            if (chunk == null) {
                continue;
            }
            shared[i] = true;
            for (Column column : COLUMNS) {
                MemorySegment memory = chunk.column(column);
                if (memory.byteSize() > 0) {
                    long width = widths[column.ordinal()] / column.type.bytes();
                    state.share(column.key(i), column.type, memory.asReadOnly(), 1L << shift, width);
                }
            }
        }
        // What a state still shares must not be dropped for reuse; it is the state's now.
        left += replaced.size() * chunkBytes();
        replaced.clear();
        if (left > Math.max(LEAST_LEFT, chunks.length * chunkBytes() / 4)) {
            left = 0;
            // Chunks that only dropped states had are old and few objects: nothing else makes the collector look at
            // them before all memory off the heap is gone.
            System.gc();
        }
    }

    /// Lets chunks that states shared be written in place again and reuses those that were replaced. What this store
    /// took over from another one's state stays shared.
    void release() {
        for (int i = 0; i < chunks.length; i++) {
            shared[i] = chunks[i] != null && chunks[i].flags.isReadOnly();
        }
        for (Chunk chunk : replaced) {
            if (!chunk.flags.isReadOnly()) {
                spare.push(chunk);
            }
        }
        replaced.clear();
    }

    /// A store of the same shape with the chunks of a state. Memory off the heap that any thread may read is taken by
    /// reference; everything else, files mapped into memory too, is copied.
    RowStore read(State state) {
        RowStore result = new RowStore(rows, observation, action, frameBytes);
        MemorySegment[] parts = new MemorySegment[COLUMNS.length];
        for (int i = 0; i < chunks.length; i++) {
            if (!state.has(Column.FLAGS.key(i))) {
                continue;
            }
            boolean byReference = true;
            for (Column column : COLUMNS) {
                int width = widths[column.ordinal()];
                MemorySegment part = MemorySegment.NULL;
                if (width > 0) {
                    long elements = ((long) width << shift) / column.type.bytes();
                    part = state.tensor(column.key(i), column.type, elements).memory();
                }
                parts[column.ordinal()] = part.asReadOnly();
                byReference &= part.isNative() && !part.isMapped() && part.isAccessibleBy(ANY_OTHER_THREAD)
                        && part.address() % column.type.bytes() == 0;
            }
            Chunk given = new Chunk(parts[0], parts[1], parts[2]);
            if (byReference) {
                result.chunks[i] = given;
                result.shared[i] = true;
            } else {
                result.chunks[i] = result.copyOf(given);
            }
        }
        return result;
    }
}
