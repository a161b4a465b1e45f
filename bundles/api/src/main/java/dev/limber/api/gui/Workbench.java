package dev.limber.api.gui;

import dev.limber.api.deploy.DeployedBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// What one panel may see and do. Data flows one way: the window's model changes, panels hear of it by [events][#on] and
/// draw it; what their users do goes to the services (`Experiments`, `Deployments`, ...) and to the methods here, and comes
/// back as an event.
public interface Workbench {

    /// All runs, running and recorded, newest first.
    List<Run> runs();

    /// The run in that folder.
    default Optional<Run> run(Path folder) {
        return runs().stream().filter(run -> run.folder().equals(folder)).findFirst();
    }

    /// The run whose details are shown.
    Optional<Run> selected();

    /// Selects a run. Everyone hears of it by [RunSelected].
    void select(Path folder);

    /// The runs that plots overlay; the selected one is drawn whether it is among them or not.
    List<Path> compared();

    /// Sets the runs that plots overlay. Everyone hears of it by [RunsCompared].
    void compare(List<Path> folders);

    /// The newest metrics of a run that is selected or compared; empty ones until they have been read. Everyone hears of
    /// new rows by [MetricsRead].
    MetricTable metrics(Path folder);

    /// What happened to a run that is selected or compared, oldest first, checkpoints left out; empty until it has been read.
    /// Everyone hears of more by [JournalRead].
    List<Journaled> journal(Path folder);

    /// All bundles; empty until they have been looked at. Everyone hears of changes by [BundlesChanged].
    List<DeployedBundle> bundles();

    /// Listens to events of a type, until the panel goes. A listener that throws has its panel replaced by what went wrong.
    <E> void on(Class<E> event, Consumer<? super E> listener);

    /// Publishes an event, one of this package's or a bundle's own: it is delivered on the EDT, after what is happening
    /// there now. Any thread.
    void publish(Object event);

    /// Does work on a thread of its own and hands its result to `then` on the EDT, unless the panel has gone by then. What
    /// the work throws is shown: a [dev.limber.api.plugin.UsageException] as a line, anything else with its details.
    <T> void inBackground(Callable<T> work, Consumer<? super T> then);

    /// Brings a panel to the front.
    ///
    /// @param panel the panel's [id][Panel#id]; nothing happens where there is none
    void show(String panel);

    /// Shows the user what went wrong, in the panel. Any thread.
    void fail(Throwable failure);

    /// Calls `end` when the panel goes: its service went, the window closes, or it failed.
    void onClose(Runnable end);
}
