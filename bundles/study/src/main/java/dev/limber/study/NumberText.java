package dev.limber.study;

import java.math.BigDecimal;

/// Numbers as people write options: 0.01, 3e-4, 200000.
public final class NumberText {

    private NumberText() {}

    /// The shortest text that reads back as the same number.
    public static String shortest(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size == 0 || size >= 1e-3 && size < 1e9) {
            return exact.toPlainString();
        }
        int exponent = exact.precision() - exact.scale() - 1;
        return exact.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
