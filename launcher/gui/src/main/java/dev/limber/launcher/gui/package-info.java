/// The service that opens the window, and what it tells the rest of its bundle.
package dev.limber.launcher.gui;
