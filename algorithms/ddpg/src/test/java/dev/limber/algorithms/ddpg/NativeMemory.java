package dev.limber.algorithms.ddpg;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// What glibc's malloc knows.
final class NativeMemory {

    private NativeMemory() {}

    /// Bytes given out and not given back: the fields uordblks (7) and hblkhd (4) of `mallinfo2`.
    @SuppressWarnings("restricted")
    static long allocatedBytes() throws Throwable {
        var fields = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);
        var linker = Linker.nativeLinker();
        var mallinfo = linker.downcallHandle(linker.defaultLookup().findOrThrow("mallinfo2"),
                FunctionDescriptor.of(MemoryLayout.structLayout(fields)));
        try (var arena = Arena.ofConfined()) {
            var info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, 7) + info.getAtIndex(ValueLayout.JAVA_LONG, 4);
        }
    }
}
