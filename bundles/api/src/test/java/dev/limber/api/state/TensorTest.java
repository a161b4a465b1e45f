package dev.limber.api.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void countsItsElements() {
        assertEquals(6, Tensor.of(new float[6], 2, 3).elements());
        assertEquals(3, Tensor.of(new byte[3]).elements());
        assertEquals(0, Tensor.of(new long[0]).elements());
        assertEquals(Tensor.Type.INT64, Tensor.of(new long[1]).type());
    }

    @Test
    void memoryMustBeWhatTheShapeNeeds() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Tensor.of(new int[5], 2, 3));
        assertTrue(refusal.getMessage().contains("[2, 3]") && refusal.getMessage().contains("24"),
                refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new int[4], -2, -2));
    }

    @Test
    void equalityIsOfTypeShapeAndElements() {
        Tensor tensor = Tensor.of(new float[] {1, 2}, 2);
        assertEquals(tensor, Tensor.of(new float[] {1, 2}));
        assertEquals(tensor.hashCode(), Tensor.of(new float[] {1, 2}).hashCode());
        assertNotEquals(tensor, Tensor.of(new float[] {1, 3}));
        assertNotEquals(tensor, Tensor.of(new float[] {1, 2}, 2, 1));
        assertNotEquals(Tensor.of(new int[] {1}), Tensor.of(new float[] {Float.intBitsToFloat(1)}));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2);
            assertEquals(tensor, new Tensor(Tensor.Type.FLOAT32, memory, new long[] {2}));
        }
    }

    @Test
    void shapeIsItsOwn() {
        long[] shape = {2, 1};
        Tensor tensor = Tensor.of(new float[2], shape);
        shape[0] = 5;
        tensor.shape()[1] = 6;
        assertArrayEquals(new long[] {2, 1}, tensor.shape());
    }
}
