package dev.limber.learning.network;

import dev.limber.api.random.SeededRandom;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Random orthogonal weights: rows (or columns, where there are fewer) of a layer's weight are orthogonal and have the
/// length `gain`; biases are 0.
///
/// Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
/// networks", 2014. A Gaussian matrix is orthogonalised by Gram-Schmidt (twice, which is as good as Householder), whose
/// positive diagonal makes the distribution uniform.
public final class OrthogonalInitialization {

    private OrthogonalInitialization() {}

    /// Fills the parameters of a network. Equal random states give equal parameters.
    ///
    /// @param target the parameters of `spec`, in its order
    /// @param hiddenGain length of the rows in hidden layers; sqrt(2) is usual
    /// @param outputGain length of the rows in the last layer: 0.01 for a policy that begins undecided, 1 for values
    public static void fill(MlpSpec spec, MemorySegment target, double hiddenGain, double outputGain,
            SeededRandom random) {
        for (int layer = 0; layer < spec.layers(); layer++) {
            double gain = layer == spec.layers() - 1 ? outputGain : hiddenGain;
            fillWeight(target, spec.weightOffset(layer), spec.layerOutputs(layer), spec.layerInputs(layer), gain,
                    random);
            for (int i = 0; i < spec.layerOutputs(layer); i++) {
                target.setAtIndex(ValueLayout.JAVA_FLOAT, spec.biasOffset(layer) + i, 0);
            }
        }
    }

    private static void fillWeight(MemorySegment target, int offset, int rows, int columns, double gain,
            SeededRandom random) {
        int vectors = Math.min(rows, columns);
        var basis = new double[vectors][Math.max(rows, columns)];
        for (int i = 0; i < vectors; i++) {
            for (int k = 0; k < basis[i].length; k++) {
                basis[i][k] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    double overlap = dot(basis[i], basis[j]);
                    for (int k = 0; k < basis[i].length; k++) {
                        basis[i][k] -= overlap * basis[j][k];
                    }
                }
            }
            double length = Math.sqrt(dot(basis[i], basis[i]));
            for (int k = 0; k < basis[i].length; k++) {
                basis[i][k] /= length;
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = rows <= columns ? basis[row][column] : basis[column][row];
                target.setAtIndex(ValueLayout.JAVA_FLOAT, offset + row * columns + column, (float) (gain * value));
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
