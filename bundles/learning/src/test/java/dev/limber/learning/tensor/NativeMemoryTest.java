package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.OrthogonalInitialization;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.optimizer.Adam;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeMemoryTest {

    /// Most tensors of an update have 2 or 8 KiB: one leaked per update would be 20 MB in the second half. The JVM's own
    /// compilers were seen to move the figure by 7 MB.
    private static final int UPDATES = 20_000;
    private static final long TOLERATED = 14_000_000;

    @Test
    @EnabledOnOs(OS.LINUX)
    void staysFlatOverManyUpdates() throws Throwable {
        var spec = new MlpSpec(8, List.of(16), 4, Activation.TANH);
        var parameters = new Parameters(spec.parameterCount());
        OrthogonalInitialization.fill(spec, parameters.memory(), 1, 1, new SeededRandom(1));
        try (var context = TensorContext.open(ai.djl.Device.cpu())) {
            var tensors = new ParameterTensors(context, parameters);
            var mlp = Mlp.learning(spec, tensors, 0);
            var input = new HostTensor(context, 128, 8);
            var choices = new HostTensor(context, 128, 1);
            var optimizer = new Adam(parameters.count(), 0.9, 0.999, 1e-5);
            long allocated = 0;
            int owned = 0;
            for (int update = 0; update < UPDATES; update++) {
                if (update == UPDATES / 2) {
                    allocated = allocatedBytes();
                    owned = context.tensors();
                }
                try (var scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    var distribution = CategoricalTensors.ofLogits(mlp.forward(input.array()));
                    NDArray loss = distribution.logProbability(choices.array()).mean().sub(distribution.entropy());
                    tensors.backward(loss);
                }
                optimizer.step(parameters, 1e-3);
                tensors.refresh();
            }
            assertEquals(owned, context.tensors(), "tensors alive");
            long grown = allocatedBytes() - allocated;
            assertTrue(grown < TOLERATED, "allocated native memory has grown by " + grown + " bytes");
        }
    }

    /// What glibc's malloc has given out: the fields uordblks (7) and hblkhd (4) of `mallinfo2`.
    @SuppressWarnings("restricted")
    private static long allocatedBytes() throws Throwable {
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
