package dev.limber.robot.serial;

/// The newest bytes that have come and that nobody has taken, next to each other in one array. Allocates nothing but
/// that.
public final class ReceivedBytes {

    private final byte[] bytes;
    private int start;
    private int end;

    /// @param capacity how many are kept
    public ReceivedBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /// Adds what has come. Where it does not fit, the oldest bytes are lost.
    public void accept(byte[] source, int offset, int count) {
        int left = Math.min(count, bytes.length);
        if (end + left > bytes.length) {
            start = Math.max(start, end + left - bytes.length);
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        System.arraycopy(source, offset + count - left, bytes, end, left);
        end += left;
    }

    /// Forgets all bytes.
    public void clear() {
        start = 0;
        end = 0;
    }

    /// Forgets the bytes before an index, which is from [#start] to [#end].
    public void dropBefore(int index) {
        start = index;
    }

    /// The array that they are in, always the same one. [#accept] moves what is in it.
    public byte[] array() {
        return bytes;
    }

    /// The index of the oldest byte.
    public int start() {
        return start;
    }

    /// The index after the newest byte.
    public int end() {
        return end;
    }
}
