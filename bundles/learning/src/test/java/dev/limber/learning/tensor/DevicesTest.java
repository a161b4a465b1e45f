package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import dev.limber.api.algorithm.Device;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class DevicesTest {

    @Test
    void gpuThatCannotBeHadIsExplainedInOneLine() {
        assumeTrue(Engine.getEngine("PyTorch").getGpuCount() == 0, "this machine has a GPU");
        var notes = new ArrayList<String>();
        assertEquals(ai.djl.Device.cpu(), Devices.choose(Device.GPU, true, notes::add));
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().startsWith("computing on the CPU: "), notes.getFirst());
    }

    @Test
    void cpuAndAutoSayNothing() {
        var notes = new ArrayList<String>();
        assertEquals(ai.djl.Device.cpu(), Devices.choose(Device.CPU, true, notes::add));
        assertEquals(ai.djl.Device.cpu(), Devices.choose(Device.AUTO, false, notes::add));
        Devices.choose(Device.AUTO, true, notes::add);
        assertEquals(0, notes.size());
    }
}
