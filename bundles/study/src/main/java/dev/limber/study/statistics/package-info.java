/// Robust statistics of few runs, after Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical
/// Precipice" (NeurIPS 2021).
package dev.limber.study.statistics;
