package dev.limber.api.experiment;

import java.util.List;

/// A plug-in as users see it.
///
/// @param kind what it is
/// @param name what users type
/// @param description one sentence
/// @param bundle symbolic name of the bundle it comes from
/// @param version of that bundle
/// @param options what can be set
public record PluginInfo(PluginKind kind, String name, String description, String bundle, String version,
        List<OptionInfo> options) {

    /// Copies the list.
    public PluginInfo {
        options = List.copyOf(options);
    }
}
