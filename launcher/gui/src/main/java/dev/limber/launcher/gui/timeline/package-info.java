/// What is watched of the selected run, its last minutes, and which moment of them is shown.
package dev.limber.launcher.gui.timeline;
