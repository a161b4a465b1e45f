/// Bundles: what is installed, deploying a jar by dropping it on the window, and going back to the version before.
package dev.limber.launcher.gui.bundle;
