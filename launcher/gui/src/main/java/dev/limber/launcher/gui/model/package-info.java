/// What the window knows: runs, which of them is selected, their metrics and journals, and the events that tell of changes.
package dev.limber.launcher.gui.model;
