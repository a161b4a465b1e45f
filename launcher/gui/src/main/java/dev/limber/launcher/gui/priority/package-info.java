/// Whose turn it is: the window gives way to training.
package dev.limber.launcher.gui.priority;
