/// The live 3D view: what draws it, the camera, picking and pulling bodies, and the bar under it that controls pace and time.
package dev.limber.launcher.gui.view;
