package dev.limber.launcher.gui.bundle;

import java.nio.file.Path;
import java.util.List;

/// Event: jars have been dropped on the window, or chosen.
///
/// @param jars the files
public record JarDropped(List<Path> jars) {

    /// Copies the list.
    public JarDropped {
        jars = List.copyOf(jars);
    }
}
