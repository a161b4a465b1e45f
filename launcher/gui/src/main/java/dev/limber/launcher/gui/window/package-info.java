/// The window itself: where panels dock, what keeps their failures apart, menus, keys and the status bar.
package dev.limber.launcher.gui.window;
