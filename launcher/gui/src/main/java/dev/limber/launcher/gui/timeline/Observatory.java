package dev.limber.launcher.gui.timeline;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.Playback;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.api.session.RecordedView;
import dev.limber.api.watch.WatchSpec;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Watches the selected run for all panels that show it, once: the training of one that runs, or its policy at play. EDT.
@Component(service = Observatory.class)
public final class Observatory {

    private final Experiments experiments;
    private Optional<Observed> current = Optional.empty();
    private Optional<Path> wanted = Optional.empty();
    private Optional<Experiment> trains = Optional.empty();
    private boolean play;
    private int copies = 1;
    private int users;

    /// Made by the component runtime.
    @Activate
    public Observatory(@Reference Experiments experiments) {
        this.experiments = experiments;
    }

    /// Watches whatever the workbench's user selects, until the panel goes. Everyone hears of it by [Observing].
    public void use(Workbench workbench) {
        users++;
        workbench.onClose(() -> {
            if (--users == 0) {
                close();
            }
        });
        workbench.on(RunSelected.class, event -> follow(workbench, event.run()));
        workbench.on(RunsChanged.class, _ -> follow(workbench, workbench.selected()));
        follow(workbench, workbench.selected());
    }

    private void follow(Workbench workbench, Optional<Run> run) {
        Optional<Experiment> training = run.flatMap(Run::experiment);
        if (!wanted.equals(run.map(Run::folder))) {
            play = false;
            begin(workbench, run);
        } else if (!play && training.isPresent() && !training.equals(trains)) { // it has been resumed
            begin(workbench, run);
        } // else it goes on, or has ended, and what it left can still be looked at
    }

    /// Watches a recording until another run is selected, or the selected one is watched again.
    ///
    /// @param file that it is in
    /// @param recording is closed when it is watched no longer
    public void watch(Workbench workbench, Path file, RecordedView recording) {
        show(workbench, Optional.of(new Observed(file, recording, true, WatchSpec.first(1))));
    }

    private void begin(Workbench workbench, Optional<Run> run) {
        wanted = run.map(Run::folder);
        trains = run.flatMap(Run::experiment).filter(_ -> !play);
        if (run.isEmpty() || trains.isPresent()) {
            show(workbench, trains.map(experiment -> new Observed(run.get().folder(), experiment, false,
                    WatchSpec.first(copies))));
        } else {
            play(workbench, run.get());
        }
    }

    private void play(Workbench workbench, Run run) {
        show(workbench, Optional.empty());
        workbench.inBackground(() -> experiments.play(run.folder(), copies, new ExperimentListener() {
            @Override
            public void note(String message) {
                workbench.publish(Logged.now(Logged.Level.INFO, run.name(), message));
            }
        }), playback -> took(workbench, run.folder(), playback));
    }

    private void took(Workbench workbench, Path folder, Playback playback) {
        var observed = new Observed(folder, playback, true, WatchSpec.first(copies));
        if (wanted.filter(folder::equals).isPresent() && users > 0) {
            show(workbench, Optional.of(observed));
        } else {
            observed.close();
        }
    }

    private void show(Workbench workbench, Optional<Observed> next) {
        current.ifPresent(Observed::close);
        current = next;
        workbench.publish(new Observing(next));
    }

    /// What is watched.
    public Optional<Observed> current() {
        return current;
    }

    /// How many copies are watched.
    public int copies() {
        return copies;
    }

    /// True where the policy plays, and not the training is watched.
    public boolean plays() {
        return current.filter(Observed::playback).isPresent();
    }

    /// Watches so many copies from now on.
    public void copies(Workbench workbench, int number) {
        copies = number;
        begin(workbench, workbench.selected());
    }

    /// Chooses between the policy at play and the training of a run that runs.
    public void play(Workbench workbench, boolean policy) {
        play = policy;
        begin(workbench, workbench.selected());
    }

    private void close() {
        current.ifPresent(Observed::close);
        current = Optional.empty();
        wanted = Optional.empty();
        trains = Optional.empty();
    }
}
