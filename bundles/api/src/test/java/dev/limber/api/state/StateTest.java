package dev.limber.api.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void scalarsReadBack() {
        State state = new State("test", 3).put("text", "a b").put("whole", Long.MIN_VALUE).put("yes", true)
                .put("number", -0.0).put("nan", Double.longBitsToDouble(0x7ff8000000000123L));
        assertEquals("test", state.schema());
        assertEquals(3, state.version());
        assertEquals("a b", state.text("text"));
        assertEquals(Long.MIN_VALUE, state.integer("whole"));
        assertTrue(state.flag("yes"));
        assertEquals(-0.0, state.number("number"));
        assertEquals(0x7ff8000000000123L, Double.doubleToRawLongBits(state.number("nan")));
        assertEquals(List.of("text", "whole", "yes", "number", "nan"), List.copyOf(state.names()));
        assertTrue(state.has("text"));
        assertFalse(state.has("other"));
    }

    @Test
    void arraysReadBackAndAreCopies() {
        float[] floats = {1, Float.NaN, 3};
        double[] doubles = {1, 2};
        long[] longs = {Long.MAX_VALUE};
        int[] ints = {4, -5};
        byte[] bytes = {(byte) 200};
        boolean[] flags = {true, false, true};
        State state = new State("test", 1).put("floats", floats).put("doubles", doubles).put("longs", longs)
                .put("ints", ints).put("bytes", bytes).put("flags", flags);
        floats[0] = 9;
        doubles[0] = 9;
        longs[0] = 9;
        ints[0] = 9;
        bytes[0] = 9;
        flags[0] = false;

        float[] floatsBack = new float[3];
        double[] doublesBack = new double[2];
        long[] longsBack = new long[1];
        int[] intsBack = new int[2];
        byte[] bytesBack = new byte[1];
        boolean[] flagsBack = new boolean[3];
        state.read("floats", floatsBack);
        state.read("doubles", doublesBack);
        state.read("longs", longsBack);
        state.read("ints", intsBack);
        state.read("bytes", bytesBack);
        state.read("flags", flagsBack);
        assertArrayEquals(new float[] {1, Float.NaN, 3}, floatsBack);
        assertArrayEquals(new double[] {1, 2}, doublesBack);
        assertArrayEquals(new long[] {Long.MAX_VALUE}, longsBack);
        assertArrayEquals(new int[] {4, -5}, intsBack);
        assertArrayEquals(new byte[] {(byte) 200}, bytesBack);
        assertArrayEquals(new boolean[] {true, false, true}, flagsBack);
    }

    @Test
    void shapesAreKept() {
        State state = new State("test", 1).put("matrix", new float[6], 2, 3).put("vector", new int[4]);
        assertArrayEquals(new long[] {2, 3}, state.tensor("matrix").shape());
        assertArrayEquals(new long[] {4}, state.tensor("vector").shape());
    }

    @Test
    void shapeThatIsNotTheArraysIsRefused() {
        State state = new State("test", 1);
        var refusal = assertThrows(IllegalArgumentException.class, () -> state.put("matrix", new float[6], 2, 2));
        assertTrue(refusal.getMessage().contains("[2, 2]"), refusal.getMessage());
        assertFalse(state.has("matrix"));
    }

    @Test
    void nestedStatesReadBack() {
        State inner = new State("inner", 1).put("rows", 5);
        State outer = new State("outer", 1).put("part", inner);
        assertEquals(5, outer.state("part").integer("rows"));
    }

    @Test
    void sharedMemoryIsTheSame() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, 4);
            State state = new State("test", 1).share("memory", Tensor.Type.FLOAT32, memory, 2, 2);
            assertSame(memory, state.tensor("memory").memory());
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 7);
            float[] back = new float[4];
            state.read("memory", back);
            assertEquals(7, back[3]);
        }
    }

    @Test
    void missingEntriesAreNamedWithWhatThereIs() {
        State state = new State("dev.limber.test", 2).put("rows", 5).put("mode", "x");
        assertNames(() -> state.integer("columns"), "columns", "dev.limber.test", "rows", "mode");
        assertNames(() -> state.text("rows"), "text", "rows");
        assertNames(() -> state.tensor("rows"), "tensor", "rows");
        assertNames(() -> state.state("mode"), "mode");
        assertNames(() -> state.flag("mode"), "mode");
        assertNames(() -> state.number("rows"), "rows");
    }

    @Test
    void tensorsOfAnotherLengthOrTypeAreNamed() {
        State state = new State("dev.limber.test", 2).put("weights", new float[] {1, 2, 3});
        float[] tooShort = new float[2];
        assertNames(() -> state.read("weights", tooShort), "weights", "dev.limber.test", "3", "2", "FLOAT32");
        assertNames(() -> state.read("weights", new double[3]), "weights", "FLOAT64", "FLOAT32");
        assertArrayEquals(new float[2], tooShort, "a refused read has written");
    }

    @Test
    void schemaAndVersionAreChecked() {
        State state = new State("dev.limber.test", 2);
        assertSame(state, state.expect("dev.limber.test", 2));
        assertNames(() -> state.expect("dev.limber.test", 3), "dev.limber.test version 2", "version 3");
        assertNames(() -> state.expect("dev.limber.other", 2), "dev.limber.other");
    }

    private static void assertNames(Runnable call, String... words) {
        var refusal = assertThrows(IncompatibleStateException.class, call::run);
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage() + " does not say " + word);
        }
    }

    @Test
    void namesAreUniqueAndHaveNoSlash() {
        State state = new State("test", 1).put("rows", 1);
        assertThrows(IllegalArgumentException.class, () -> state.put("rows", 2));
        assertThrows(IllegalArgumentException.class, () -> state.put("a/b", 2));
        assertThrows(IllegalArgumentException.class, () -> state.put("", 2));
        assertEquals(1, state.integer("rows"));
    }

    @Test
    void entriesCannotBeChangedFromOutside() {
        State state = new State("test", 1).put("rows", 1);
        assertThrows(UnsupportedOperationException.class, () -> state.entries().clear());
        assertThrows(UnsupportedOperationException.class, () -> state.names().clear());
    }
}
