/// Runs a study's experiments, as many at a time as there are cores, and goes on where a study was interrupted.
package dev.limber.study.run;
