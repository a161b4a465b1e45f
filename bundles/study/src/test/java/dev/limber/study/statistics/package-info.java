/// Statistics against values worked out by hand.
package dev.limber.study.statistics;
