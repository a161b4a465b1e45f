package dev.limber.algorithms.ddpg;

/// In what the learners' networks differ.
///
/// @param name the name users type
/// @param outputsPerAction numbers the actor gives for each component of an action
/// @param critics 1, or 2 for twins
/// @param actorFollowed true where targets follow the actor too
record LearnerSpec(String name, int outputsPerAction, int critics, boolean actorFollowed) {}
