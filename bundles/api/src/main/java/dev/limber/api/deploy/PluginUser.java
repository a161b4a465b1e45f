package dev.limber.api.deploy;

/// Something that uses plug-ins for longer than a call: the runner of experiments. Every one that is registered as a
/// service has a say in each deployment. Called from one thread at a time for each bundle's name; bundles of different names
/// may come and go at the same time. A call may take as long as what uses the bundle is paused.
public interface PluginUser {

    /// Changes over to what a bundle offers, in place of whatever had its names, and returns when that has proved itself or
    /// been refused. Whoever asks [releases][#release] what one user has refused for all of them, that one too.
    Verdict takeOver(Arrival arrival) throws InterruptedException;

    /// Gives up what a bundle offers, for good, and returns when nothing of it is in use any more: what starts meanwhile or
    /// later does without. What uses it goes over to whatever else has those names by then; what cannot keeps its state and
    /// waits for an [arrival][#takeOver] that fits. A bundle may be released more than once, and without ever having arrived.
    void release(Arrival departing) throws InterruptedException;

    /// Tells its users something about a deployment.
    ///
    /// @param line one line
    default void tell(String line) {}
}
