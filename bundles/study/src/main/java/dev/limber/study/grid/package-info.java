/// What a study's description says: environments, algorithms, options, seeds, searches.
package dev.limber.study.grid;
