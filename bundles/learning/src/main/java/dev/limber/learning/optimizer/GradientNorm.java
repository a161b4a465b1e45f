package dev.limber.learning.optimizer;

/// The Euclidean length of a gradient, and keeping it short.
public final class GradientNorm {

    private GradientNorm() {}

    /// The length of `gradient`; not finite where one of its numbers is not.
    public static double of(float[] gradient) {
        // Four sums keep the adder busy, and their order is the same on every machine.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i <= gradient.length - 4; i += 4) {
            a += (double) gradient[i] * gradient[i];
            b += (double) gradient[i + 1] * gradient[i + 1];
            c += (double) gradient[i + 2] * gradient[i + 2];
            d += (double) gradient[i + 3] * gradient[i + 3];
        }
        for (; i < gradient.length; i++) {
            a += (double) gradient[i] * gradient[i];
        }
        return Math.sqrt(a + b + c + d);
    }

    /// Scales `gradient` down to the length `limit` where it is longer.
    ///
    /// @return the length before
    public static double clip(float[] gradient, double limit) {
        double norm = of(gradient);
        if (norm > limit) {
            float scale = (float) (limit / norm);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
            }
        }
        return norm;
    }
}
