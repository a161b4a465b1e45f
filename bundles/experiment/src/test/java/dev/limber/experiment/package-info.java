/// Tests of whole experiments.
package dev.limber.experiment;
