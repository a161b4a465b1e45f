/// Studies and comparisons on runs in the runner's format, written by experiments that only pretend to learn.
package dev.limber.study;
