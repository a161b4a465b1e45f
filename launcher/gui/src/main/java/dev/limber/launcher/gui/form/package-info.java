/// Forms made of what plug-ins say of their options: fields with units and ranges that check what is typed as it is typed.
package dev.limber.launcher.gui.form;
