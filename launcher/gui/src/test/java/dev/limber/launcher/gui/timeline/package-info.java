/// Tests of the package of the same name.
package dev.limber.launcher.gui.timeline;
