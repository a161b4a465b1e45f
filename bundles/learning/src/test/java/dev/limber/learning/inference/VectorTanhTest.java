package dev.limber.learning.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorTanhTest {

    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    @Test
    void absoluteErrorIsBelowAMillionth() {
        int points = 1 << 20;
        var x = new float[points];
        for (int i = 0; i < points; i++) {
            x[i] = -12 + 24f * i / (points - 1);
        }
        float[] y = tanh(x);
        double largest = 0;
        for (int i = 0; i < points; i++) {
            largest = Math.max(largest, Math.abs(y[i] - Math.tanh(x[i])));
        }
        assertTrue(largest <= 1e-6, "largest error " + largest);
    }

    @Test
    void relativeErrorIsBelowAMillionthForEveryMagnitude() {
        var x = new float[1 << 16];
        for (int i = 0; i < x.length; i++) {
            // Every 2^15-th float from the smallest normal number to the largest finite one.
            x[i] = Float.intBitsToFloat((int) (0x00800000L + i * (0x7f7fffffL - 0x00800000L) / (x.length - 1)));
        }
        float[] y = tanh(x);
        for (int i = 0; i < x.length; i++) {
            double tanh = Math.tanh(x[i]);
            assertEquals(tanh, y[i], 1e-6 * tanh, "tanh of " + x[i]);
        }
    }

    @Test
    void isExactlyOddAndNeverBeyondOne() {
        var x = new float[1 << 16];
        var minus = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 20f * i / x.length;
            minus[i] = -x[i];
        }
        float[] y = tanh(x);
        float[] negative = tanh(minus);
        for (int i = 0; i < x.length; i++) {
            assertEquals(Float.floatToRawIntBits(-y[i]), Float.floatToRawIntBits(negative[i]));
            assertTrue(y[i] <= 1, "tanh of " + x[i] + " is " + y[i]);
        }
    }

    @Test
    void specialNumbersComeOutAsMathHasThem() {
        float[] special = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MAX_VALUE,
            -Float.MAX_VALUE, Float.MIN_VALUE};
        float[] y = tanh(java.util.Arrays.copyOf(special, Math.max(LANES, 8)));
        for (int i = 0; i < special.length; i++) {
            assertEquals((float) Math.tanh(special[i]), y[i], "tanh of " + special[i]);
        }
    }

    private static float[] tanh(float[] x) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i += LANES) {
            VectorTanh.of(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, i)).intoArray(y, i);
        }
        return y;
    }
}
