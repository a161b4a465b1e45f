/// Tests of the run folder.
package dev.limber.experiment.run;
