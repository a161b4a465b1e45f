/// The window: panels that bundles bring to it, what panels share, and how it is opened. Everything here happens on Swing's
/// event dispatch thread (EDT), unless said otherwise.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.gui;
