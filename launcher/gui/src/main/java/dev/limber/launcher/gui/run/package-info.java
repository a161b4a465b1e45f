/// Runs: the list of them, what can be done to one, and the form that starts a new one.
package dev.limber.launcher.gui.run;
