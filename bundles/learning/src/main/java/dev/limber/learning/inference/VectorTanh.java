package dev.limber.learning.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The hyperbolic tangent of every lane: `tanh |x| = e / (e + 2)` with `e = exp(2 |x|) - 1`, and the sign of x.
///
/// With `2 |x| = k ln 2 + r`, `|r| <= ln(2) / 2`, `e = 2^k (exp(r) - 1) + (2^k - 1)`, where `exp(r) - 1` is its Taylor
/// polynomial of degree 7, whose remainder is below 6e-9, a tenth of the rounding of a float near 1. Nothing
/// cancels near 0, so that small numbers keep their relative precision.
final class VectorTanh {

    /// From here on the result rounds to 1.
    private static final float LARGE = 10;
    private static final float LOG2_E = (float) (1 / Math.log(2));
    private static final float LN_2 = (float) Math.log(2);
    /// Adding 1.5 * 2^23 rounds a float to the nearest whole number, which then stands in its low bits.
    private static final float ROUNDING = 0x1.8p23f;
    private static final int ONE_BITS = Float.floatToRawIntBits(1f);
    private static final int EXPONENT_SHIFT = 23;

    private VectorTanh() {}

    static FloatVector of(FloatVector x) {
        FloatVector magnitude = x.abs();
        VectorMask<Float> large = magnitude.compare(VectorOperators.GT, LARGE);
        FloatVector y = magnitude.blend(LARGE, large).mul(2f);
        FloatVector shifted = y.mul(LOG2_E).add(ROUNDING);
        FloatVector k = shifted.sub(ROUNDING);
        FloatVector r = k.neg().fma(FloatVector.broadcast(x.species(), LN_2), y);
        FloatVector p = r.mul(1f / 5040).add(1f / 720);
        p = p.fma(r, FloatVector.broadcast(x.species(), 1f / 120));
        p = p.fma(r, FloatVector.broadcast(x.species(), 1f / 24));
        p = p.fma(r, FloatVector.broadcast(x.species(), 1f / 6));
        p = p.fma(r, FloatVector.broadcast(x.species(), 1f / 2));
        p = p.fma(r, FloatVector.broadcast(x.species(), 1f)).mul(r);
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
        FloatVector power = exponent.add(ONE_BITS).reinterpretAsFloats();
        FloatVector e = power.fma(p, power.sub(1f));
        FloatVector tanh = e.div(e.add(2f));
        // The sign bit of x on top of a result that has none.
        return tanh.reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
    }
}
