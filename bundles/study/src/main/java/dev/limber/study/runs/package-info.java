/// Reads the directories of runs: what ran, what happened, what was measured.
package dev.limber.study.runs;
