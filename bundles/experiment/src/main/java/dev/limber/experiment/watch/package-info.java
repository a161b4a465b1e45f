/// Looking at an environment while it is stepped, and holding it back: what takes samples without ever waiting for
/// whoever reads them, and the gate before every step.
package dev.limber.experiment.watch;
