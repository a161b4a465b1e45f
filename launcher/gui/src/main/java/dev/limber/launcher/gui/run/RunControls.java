package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Logged.Level;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.Icon;
import javax.swing.KeyStroke;

/// What can be done to the selected run. Each action is enabled where it makes sense.
public final class RunControls {

    private static final int EPISODES = 20;

    private final Workbench workbench;
    private final Experiments experiments;
    private final List<RunAction> actions = new ArrayList<>();

    /// Pauses.
    public final Action pause;
    /// Goes on after a pause.
    public final Action proceed;
    /// Stops.
    public final Action stop;
    /// Resumes a recorded run.
    public final Action resume;
    /// Writes a checkpoint.
    public final Action checkpoint;
    /// Plays the greedy policy.
    public final Action evaluate;
    /// Adds to what is overlaid in plots, or takes away.
    public final Action compare;

    /// The actions on a workbench's selected run.
    public RunControls(Workbench workbench, Experiments experiments) {
        this.workbench = workbench;
        this.experiments = experiments;
        pause = action("Pause", Icons.PAUSE, "ctrl P", "Pauses the run after the iteration it is in",
                run -> in(run, Phase.RUNNING), run -> run.experiment().ifPresent(Experiment::pause));
        proceed = action("Proceed", Icons.PROCEED, "ctrl shift P", "Goes on after a pause",
                run -> in(run, Phase.PAUSED), run -> run.experiment().ifPresent(Experiment::proceed));
        stop = action("Stop", Icons.STOP, "ctrl PERIOD", "Writes a checkpoint and stops; the run can be resumed",
                Run::live, run -> run.experiment().ifPresent(Experiment::stop));
        resume = action("Resume", Icons.RESUME, "ctrl R", "Goes on with a stopped run from its newest checkpoint",
                RunControls::resumable, this::resume);
        checkpoint = action("Checkpoint", Icons.CHECK, "ctrl S", "Writes a checkpoint now",
                Run::live, run -> run.experiment().ifPresent(Experiment::checkpoint));
        evaluate = action("Evaluate", Icons.EVALUATE, "ctrl E", "Plays " + EPISODES
                + " episodes with the greedy policy of the newest checkpoint", _ -> true, this::evaluate);
        compare = action("Compare", Icons.COMPARE, "ctrl K", "Overlays the run in plots, or takes it away", _ -> true,
                run -> toggleCompared(run.folder()));
        workbench.on(RunsChanged.class, _ -> update());
        workbench.on(RunSelected.class, _ -> update());
        update();
    }

    private static boolean in(Run run, Phase phase) {
        return run.live() && run.status().phase() == phase;
    }

    private static boolean resumable(Run run) {
        Phase phase = run.status().phase();
        return !run.live() && (phase == Phase.STOPPED || phase == Phase.FAILED);
    }

    private void update() {
        Optional<Run> selected = workbench.selected();
        actions.forEach(action -> action.setEnabled(selected.filter(action.possible).isPresent()));
    }

    private Action action(String name, Icon icon, String key, String description, Predicate<Run> possible,
            Consumer<Run> work) {
        var action = new RunAction(name, icon, possible, work);
        KeyStroke stroke = KeyStroke.getKeyStroke(key);
        action.putValue(Action.ACCELERATOR_KEY, stroke);
        action.putValue(Action.SHORT_DESCRIPTION, description + " (" + text(stroke) + ")");
        actions.add(action);
        return action;
    }

    /// A key as people read it: "Ctrl+P".
    public static String text(KeyStroke stroke) {
        String modifiers = InputEvent.getModifiersExText(stroke.getModifiers());
        String key = switch (stroke.getKeyCode()) {
            case KeyEvent.VK_PERIOD -> ".";
            case KeyEvent.VK_EQUALS -> "=";
            case KeyEvent.VK_MINUS -> "-";
            default -> KeyEvent.getKeyText(stroke.getKeyCode());
        };
        return (modifiers.isEmpty() ? "" : modifiers + "+") + key;
    }

    private void resume(Run run) {
        var listener = new NotesUntilStarted(workbench, run.name());
        workbench.inBackground(() -> {
            Experiment experiment = experiments.resume(run.folder(), 0, listener);
            listener.started();
            return experiment;
        }, _ -> {});
    }

    private void evaluate(Run run) {
        workbench.publish(Logged.now(Level.INFO, run.name(), "playing " + EPISODES + " episodes ..."));
        workbench.inBackground(() -> experiments.evaluate(
                new EvaluationSpec(run.folder(), Optional.empty(), "latest", EPISODES, 0), ExperimentListener.NONE),
                result -> workbench.publish(Logged.now(Level.INFO, run.name(), text(result))));
    }

    private static String text(Evaluation result) {
        return String.format(Locale.ROOT,
                "mean return %,.1f ± %,.1f over %d episodes (%,.1f to %,.1f), mean length %,.1f, weights of step %,d",
                result.meanReturn(), result.stdReturn(), result.episodes(), result.minReturn(), result.maxReturn(),
                result.meanLength(), result.checkpointStep());
    }

    private void toggleCompared(Path folder) {
        var folders = new ArrayList<>(workbench.compared());
        if (!folders.remove(folder)) {
            folders.add(folder);
        }
        workbench.compare(folders);
    }

    private final class RunAction extends AbstractAction {

        private final Predicate<Run> possible;
        private final Consumer<Run> work;

        RunAction(String name, Icon icon, Predicate<Run> possible, Consumer<Run> work) {
            super(name, icon);
            this.possible = possible;
            this.work = work;
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            workbench.selected().filter(possible).ifPresent(work);
        }
    }
}
