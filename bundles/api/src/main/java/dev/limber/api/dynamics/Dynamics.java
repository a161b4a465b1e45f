package dev.limber.api.dynamics;

/// A model of what an action does: x' = f(x, u), for one or several members of an ensemble.
public interface Dynamics extends AutoCloseable {

    /// How many models there are; 1 for a single one.
    int members();

    /// Predicts the next observation of each row.
    ///
    /// @param member which model, 0 to members - 1
    /// @param observations row-major [rows, observation]
    /// @param actions row-major [rows, action]
    /// @param mean receives the expected next observations, row-major [rows, observation]
    /// @param deviation receives their standard deviations, row-major [rows, observation]; 0 where the model knows none
    void predict(int member, float[] observations, float[] actions, int rows, float[] mean, float[] deviation);

    /// Frees what it holds.
    @Override
    default void close() {}
}
