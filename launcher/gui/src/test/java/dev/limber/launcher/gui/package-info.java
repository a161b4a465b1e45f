/// Tests of panels without a window: components are laid out and painted into pictures.
package dev.limber.launcher.gui;
