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

    /// Examines a jar and puts it into the folder in one step.
    ///
    /// @param older true where it is to replace a newer version
    /// @return where it lies now
    /// @throws dev.limber.api.plugin.UsageException saying in one line what is wrong with it
    Path deploy(Path jar, boolean older);

    /// Takes all versions of a bundle out of the folder.
    ///
    /// @param name its symbolic name, or the name of its file
    /// @throws dev.limber.api.plugin.UsageException where it is not in the folder
    void undeploy(String name);

    /// Why something is not available: a bundle, a component, a plug-in or a file.
    ///
    /// @return a sentence a line
    /// @throws dev.limber.api.plugin.UsageException where nothing is known of it
    List<String> why(String name);

    /// What went wrong while the folder was first read: a line each.
    List<String> problems();
}
