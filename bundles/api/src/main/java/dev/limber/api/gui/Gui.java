package dev.limber.api.gui;

/// Opens the window. The service of the bundle that has it.
public interface Gui {

    /// Opens the window and returns when it has been closed and the experiments that its user wants to end have ended. Any
    /// thread but the EDT.
    ///
    /// @return false where its bundle has been stopped: whoever wants a window opens that of the next one
    /// @throws dev.limber.api.plugin.UsageException where there is no display, or the screenshot cannot be written
    boolean open(GuiSpec spec) throws InterruptedException;
}
