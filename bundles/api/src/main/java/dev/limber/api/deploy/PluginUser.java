package dev.limber.api.deploy;

/// Something that uses plug-ins for longer than a call: the runner of experiments. Every one that is registered as a
/// service has a say in each deployment. Called from one thread at a time for each bundle's name; bundles of different names
/// may come and go at the same time. A call may take as long as what uses the bundle is paused.
public interface PluginUser {

    /// Changes over to what a bundle offers, in place of whatever had its names, and returns when that has proved itself or
    /// been given up again. After a refusal nothing of the bundle is in use.
    Verdict takeOver(Arrival arrival) throws InterruptedException;

    /// Gives up what a bundle offers and returns when nothing of it is in use any more. What cannot go on without it keeps
    /// its state and waits for an [arrival][#takeOver] that fits.
    void release(Arrival departing) throws InterruptedException;

    /// Tells its users something about a deployment.
    ///
    /// @param line one line
    default void tell(String line) {}
}
