package dev.limber.api.gui;

import dev.limber.api.experiment.ExperimentSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How to open the window.
///
/// @param runs the folder whose runs are listed
/// @param experiment what to start at once
/// @param recording recorded session to show at once
/// @param screenshot where the window is drawn to instead of being left open
/// @param theme "dark" or "light"; empty for what the user chose last
/// @param width of the window [px], 0 for what it was last
/// @param height of the window [px], 0 for what it was last
/// @param show ids of panels to bring to the front
public record GuiSpec(Path runs, Optional<ExperimentSpec> experiment, Optional<Path> recording,
        Optional<Screenshot> screenshot,
        Optional<String> theme, int width, int height, List<String> show) {

    /// Copies the list.
    public GuiSpec {
        show = List.copyOf(show);
    }

    /// A picture of the window.
    ///
    /// @param file PNG to write
    /// @param seconds how long after the window has opened [s]
    public record Screenshot(Path file, double seconds) {}
}
