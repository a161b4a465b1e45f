package dev.limber.api.space;

/// The set that an observation or an action comes from.
///
/// Whatever the space, one element is a row of [#size] `float`s, and a batch of n is row-major [n, size]; a
/// [Discrete] element is one integral `float`. One array type everywhere keeps replay memories, policies, recorders
/// and files to one path. (Pictures are not spaces: see [Image].)
public sealed interface Space permits Box, Discrete {

    /// Numbers per element.
    int size();

    /// Throws where `values` holds something that is no element of this space.
    ///
    /// @param values row-major [rows, size]
    /// @param rows how many rows there are
    /// @param what what the values are, for the message: "action"
    /// @throws IllegalArgumentException naming the first offending row and value
    void check(float[] values, int rows, String what);

    /// Throws unless `values` has `rows * size` numbers.
    default void checkLength(float[] values, int rows, String what) {
        if (values.length != rows * size()) {
            throw new IllegalArgumentException(what + " has " + values.length + " numbers, " + rows + " x " + size()
                    + " are needed for " + this);
        }
    }
}
