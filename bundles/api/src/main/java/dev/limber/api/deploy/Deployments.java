package dev.limber.api.deploy;

import java.nio.file.Path;
import java.util.List;

/// What is deployed, and how to change it. The folder is the truth: of each bundle, the newest version that lies in it
/// and works is what runs. Thread-safe.
public interface Deployments {

    /// The folder that is watched.
    Path folder();

    /// Which jars are installed: one line.
    String trust();

    /// All bundles, those that came with Limber included, by name.
    List<DeployedBundle> bundles();

    /// Examines a jar without deploying it.
    ///
    /// @throws dev.limber.api.plugin.UsageException saying in one line what is wrong with it
    void examine(Path jar);

    /// Examines a jar and puts it into a folder in one step.
    ///
    /// @param folder where whoever is to take it over watches
    /// @param older true where it is to replace a newer version
    /// @return where it lies now, under its own name or, where that will not do, under one of its bundle
    /// @throws dev.limber.api.plugin.UsageException saying in one line what is wrong with it
    Placement deploy(Path jar, Path folder, boolean older);

    /// Takes all versions of a bundle out of a folder, and keeps them in its folder `undeployed`.
    ///
    /// @param name its symbolic name, or the name of its file
    /// @return the files
    /// @throws dev.limber.api.plugin.UsageException where it is not in the folder
    List<Path> undeploy(String name, Path folder);

    /// Why something is not available: a bundle, a component, a plug-in or a file.
    ///
    /// @return a sentence a line
    /// @throws dev.limber.api.plugin.UsageException where nothing is known of it
    List<String> why(String name);

    /// What went wrong while the folder was first read: a line each.
    List<String> problems();
}
