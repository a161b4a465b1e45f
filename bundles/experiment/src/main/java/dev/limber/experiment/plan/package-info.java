/// From what the user typed to what will run: names found, options checked and merged, parts that fit each other.
package dev.limber.experiment.plan;
