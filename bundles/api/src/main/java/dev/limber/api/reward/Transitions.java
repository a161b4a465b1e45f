package dev.limber.api.reward;

/// A batch of transitions. The arrays are the caller's and are reused; read them only.
///
/// @param rows how many transitions there are
/// @param observations before the step, row-major [rows, observation]
/// @param actions taken, row-major [rows, action]
/// @param nextObservations after the step, of the same episode, row-major [rows, observation]
/// @param terminated where the step ended the episode for good [rows]
public record Transitions(int rows, float[] observations, float[] actions, float[] nextObservations,
        boolean[] terminated) {}
