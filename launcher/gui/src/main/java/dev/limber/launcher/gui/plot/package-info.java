/// Plots: metrics of runs over one another, and whatever the watch of the selected run sees.
package dev.limber.launcher.gui.plot;
