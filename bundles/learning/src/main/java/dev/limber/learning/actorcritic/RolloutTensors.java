package dev.limber.learning.actorcritic;

import ai.djl.ndarray.NDArray;

/// What a loss is made of. Gradients flow through what the networks say: log-probability, entropy and value.
///
/// @param logProbability of the actions that were taken [rows, 1]
/// @param entropy of the policy, mean over the rows [nat]
/// @param advantage of the actions: how much better they did than the critic expected [rows, 1]
/// @param value that the critic expects [rows, 1]
/// @param target what came, for the critic to expect [rows, 1]
public record RolloutTensors(NDArray logProbability, NDArray entropy, NDArray advantage, NDArray value,
        NDArray target) {}
