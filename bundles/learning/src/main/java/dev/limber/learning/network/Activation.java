package dev.limber.learning.network;

import dev.limber.api.plugin.UsageException;
import java.util.Arrays;
import java.util.Locale;

/// The function after each hidden layer.
public enum Activation {
    /// Hyperbolic tangent.
    TANH,
    /// max(0, x).
    RELU,
    /// x: the network is linear.
    IDENTITY;

    /// The activation that users call `name`: "tanh", "relu", "identity".
    ///
    /// @throws UsageException listing the names there are
    public static Activation named(String name) {
        for (Activation activation : values()) {
            if (activation.toString().equals(name)) {
                return activation;
            }
        }
        throw new UsageException("there is no activation '" + name + "', there are " + Arrays.toString(values()));
    }

    /// The name that users type.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
