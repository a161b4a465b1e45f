/// Pictures for tabs, buttons and menus, drawn as lines so that they are sharp at any scale and follow the theme.
package dev.limber.launcher.gui.icon;
