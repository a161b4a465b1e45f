/// How the window looks: light and dark, fonts, colours with a meaning, scale.
package dev.limber.launcher.gui.theme;
