/// The panel that drives robots, and what shows recorded sessions.
package dev.limber.launcher.gui.robot;
