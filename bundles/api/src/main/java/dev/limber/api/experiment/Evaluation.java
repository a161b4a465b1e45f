package dev.limber.api.experiment;

/// Returns of a policy over whole episodes.
///
/// @param episodes how many
/// @param meanReturn their mean
/// @param stdReturn their standard deviation (of the sample, n - 1; 0 for one episode)
/// @param minReturn the lowest
/// @param maxReturn the highest
/// @param meanLength mean number of steps
/// @param checkpointStep the training step of the weights that played
/// @param environment name of the environment played in
public record Evaluation(int episodes, double meanReturn, double stdReturn, double minReturn, double maxReturn,
        double meanLength, long checkpointStep, String environment) {}
