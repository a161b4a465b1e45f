package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDScope;
import dev.limber.learning.network.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ScalingTest {

    /// Collects what nobody holds and overwrites the freed memory, as a learner in a small heap does all the time.
    @Test
    void gradientIsTheFactorWhateverTheGarbageCollectorDoesBeforeTheBackwardPass() {
        var parameters = new Parameters(1);
        try (var context = TensorContext.open(ai.djl.Device.cpu())) {
            var tensors = new ParameterTensors(context, parameters);
            var x = tensors.leaf(0, 1);
            for (int pass = 0; pass < 30; pass++) {
                try (var scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    var y = Scaling.times(x, 3.25).sum();
                    for (int collection = 0; collection < 3; collection++) {
                        System.gc();
                        for (int i = 0; i < 200; i++) {
                            ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).putFloat(0, 7).putFloat(4, 7);
                        }
                    }
                    tensors.backward(y);
                }
                assertEquals(3.25f, parameters.gradient()[0], "pass " + pass);
            }
        }
    }
}
