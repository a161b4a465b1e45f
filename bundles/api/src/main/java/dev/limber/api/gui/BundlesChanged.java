package dev.limber.api.gui;

import dev.limber.api.deploy.DeployedBundle;
import java.util.List;

/// Event: a bundle has come, gone or changed its state, and with it perhaps what can be chosen.
///
/// @param bundles all of them, by name
public record BundlesChanged(List<DeployedBundle> bundles) {

    /// Copies the list.
    public BundlesChanged {
        bundles = List.copyOf(bundles);
    }
}
