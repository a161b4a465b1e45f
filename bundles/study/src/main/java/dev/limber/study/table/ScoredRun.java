package dev.limber.study.table;

import dev.limber.study.runs.RunFolder;

/// A run and how well it plays.
///
/// @param run the run
/// @param score mean return of its greedy policy
public record ScoredRun(RunFolder run, double score) {}
