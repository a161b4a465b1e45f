package dev.limber.learning.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.limber.api.algorithm.Device;
import java.util.function.Consumer;

/// Finds the device to compute on.
public final class Devices {

    private Devices() {}

    /// The device for a wish.
    ///
    /// @param worthwhile whether the work is large enough for a GPU to be faster, which decides [Device#AUTO]
    /// @param note is told in one line why a GPU that was asked for cannot be had
    public static ai.djl.Device choose(Device wanted, boolean worthwhile, Consumer<String> note) {
        boolean asked = wanted == Device.GPU || wanted == Device.AUTO && worthwhile;
        if (!asked) {
            return ai.djl.Device.cpu();
        }
        if (gpus() > 0) {
            return ai.djl.Device.gpu();
        }
        if (wanted == Device.GPU) {
            note.accept("computing on the CPU: " + (JniUtils.getFeatures().contains("CUDA")
                    ? "no GPU answers CUDA"
                    : "this PyTorch library was built without CUDA"));
        }
        return ai.djl.Device.cpu();
    }

    private static int gpus() {
        return Engine.getEngine("PyTorch").getGpuCount();
    }
}
