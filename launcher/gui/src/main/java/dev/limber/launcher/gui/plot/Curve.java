package dev.limber.launcher.gui.plot;

import java.awt.Color;
import java.util.Arrays;

/// Points to be joined by a line, from left to right, without NaN.
///
/// @param label what it is of: a run
/// @param color its colour
/// @param x [points]
/// @param y [points]
record Curve(String label, Color color, double[] x, double[] y) {

    /// Leaves out points that are not known.
    static Curve known(String label, Color color, double[] x, double[] y) {
        double[] xs = new double[x.length];
        double[] ys = new double[x.length];
        int size = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
                xs[size] = x[i];
                ys[size++] = y[i];
            }
        }
        return new Curve(label, color, Arrays.copyOf(xs, size), Arrays.copyOf(ys, size));
    }

    /// The points between two x and one beyond on each side, thinned to the lowest and the highest of each bucket, so that
    /// a line through them looks the same.
    Curve within(double low, double high, int buckets) {
        int from = Math.max(0, place(low) - 1);
        int to = Math.min(x.length, place(Math.nextUp(high)) + 1);
        int size = Math.max(0, to - from);
        if (size <= 2 * buckets) {
            return new Curve(label, color, Arrays.copyOfRange(x, from, from + size),
                    Arrays.copyOfRange(y, from, from + size));
        }
        double[] xs = new double[2 * buckets];
        double[] ys = new double[2 * buckets];
        for (int bucket = 0; bucket < buckets; bucket++) {
            int first = from + (int) ((long) size * bucket / buckets);
            int next = from + (int) ((long) size * (bucket + 1) / buckets);
            int lowest = first;
            int highest = first;
            for (int i = first; i < next; i++) {
                lowest = y[i] < y[lowest] ? i : lowest;
                highest = y[i] > y[highest] ? i : highest;
            }
            int one = Math.min(lowest, highest);
            int other = Math.max(lowest, highest);
            xs[2 * bucket] = x[one];
            ys[2 * bucket] = y[one];
            xs[2 * bucket + 1] = x[other];
            ys[2 * bucket + 1] = y[other];
        }
        return new Curve(label, color, xs, ys);
    }

    private int place(double value) {
        int found = Arrays.binarySearch(x, value);
        return found < 0 ? -found - 1 : found;
    }

    /// The value at the point that is nearest to an x; NaN where there is none.
    double near(double value) {
        if (x.length == 0) {
            return Double.NaN;
        }
        int after = Math.min(x.length - 1, place(value));
        int before = Math.max(0, after - 1);
        return y[value - x[before] < x[after] - value ? before : after];
    }
}
