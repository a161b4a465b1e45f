/// Tests of the panel that drives robots.
package dev.limber.launcher.gui.robot;
