package dev.limber.launcher.gui.window;

/// What a panel's frame asks of the window.
interface Panels {

    /// Brings a panel to the front.
    void show(String panel);

    /// Something went wrong that no panel can show.
    void unexpected(String source, Throwable failure);
}
