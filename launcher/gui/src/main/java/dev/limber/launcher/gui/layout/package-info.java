/// What several panels are put together from: bars of buttons, empty states, cells.
package dev.limber.launcher.gui.layout;
