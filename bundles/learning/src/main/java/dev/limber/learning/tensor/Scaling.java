package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/// Multiplying what is differentiated by a number.
///
/// `NDArray.mul(Number)`, `div(Number)` and `pow(Number)` close the tensor they make of the number before they return, but the
/// backward pass of a product reads it. Its memory belongs to a Java buffer, so that a garbage collection in between
/// gives gradients multiplied by whatever lies there then.
public final class Scaling {

    private Scaling() {}

    /// `factor x`, whose gradient is right until the surrounding [NDScope] closes.
    public static NDArray times(NDArray x, double factor) {
        // The scope, not this method, closes the number.
        return x.mul(x.getManager().create((float) factor));
    }
}
