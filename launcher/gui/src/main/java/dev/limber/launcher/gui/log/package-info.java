/// The log: what runs, bundles and panels say.
package dev.limber.launcher.gui.log;
