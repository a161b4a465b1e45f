package dev.limber.launcher.gui.view;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Playback;
import dev.limber.api.gui.FramesDrawn;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.api.render.Part;
import dev.limber.api.render.Renderers;
import dev.limber.api.session.RecordedView;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Watchable;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.EmptyState;
import dev.limber.launcher.gui.layout.ToolBar;
import dev.limber.launcher.gui.run.RunControls;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.Observatory;
import dev.limber.launcher.gui.timeline.Observed;
import dev.limber.launcher.gui.timeline.Observing;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.event.ActionEvent;
import java.util.Locale;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.ButtonGroup;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import javax.swing.UIManager;

/// The live view: choices at the top, the picture, and the bar with pace and time under it.
final class LiveView extends JPanel {

    private static final String PICTURE = "picture";
    private static final String EMPTY = "empty";
    private static final int TICK = 33;
    private static final int TICKS_PER_SECOND = 30;

    /// A choice of how fast simulated time passes.
    private record Speed(String text, double factor) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static final Speed[] SPEEDS = {new Speed("0.05×", 0.05), new Speed("0.1×", 0.1), new Speed("0.25×", 0.25),
        new Speed("0.5×", 0.5), new Speed("real time", 1), new Speed("2×", 2), new Speed("5×", 5),
        new Speed("20×", 20), new Speed("max", Watchable.UNLIMITED)};
    private static final Integer[] COPIES = {1, 2, 4, 6, 9, 16};

    private final Workbench workbench;
    private final Observatory observatory;
    private final ViewCanvas canvas;
    private final TimelineBar timeline = new TimelineBar();
    private final CardLayout cards = new CardLayout();
    private final JPanel middle = new JPanel(cards);
    private final JComboBox<Speed> speed = new JComboBox<>(SPEEDS);
    private final JComboBox<Integer> copies = new JComboBox<>(COPIES);
    private final JToggleButton training = new JToggleButton("Training");
    private final JToggleButton policy = new JToggleButton("Policy");
    private final JToggleButton follow = toggle(ViewIcons.FOLLOW, "follow", "Follow the picked body, or the first", "F",
            false, this::follow);
    private final JLabel frames = new JLabel();
    private final JButton live = new JButton("Live");
    private final Timer timer = new Timer(TICK, _ -> tick());
    private final JButton play;
    private Optional<Observed> observed = Optional.empty();
    private Shown shown = Shown.AT_FIRST;
    private boolean replaying;
    private boolean setting;
    private int ticks;
    private int counted;

    LiveView(Workbench workbench, Renderers renderers, Observatory observatory) {
        super(new BorderLayout());
        this.workbench = workbench;
        this.observatory = observatory;
        canvas = new ViewCanvas((camera, listener) -> new Painter(renderers, camera, listener), workbench::fail);
        play = button(act("play", "Pause or go on", Icons.PAUSE, "SPACE", this::togglePause));
        setOpaque(false);
        middle.setOpaque(false);
        middle.add(canvas, PICTURE);
        middle.add(new EmptyState(ViewIcons.VIEW, "Nothing to see yet",
                "Select a run at the left. One that is training shows its training,<br>a recorded one plays its policy.",
                Optional.empty()), EMPTY);
        add(toolBar(), BorderLayout.NORTH);
        add(middle, BorderLayout.CENTER);
        add(transport(), BorderLayout.SOUTH);
        cards.show(middle, EMPTY);
        workbench.on(Observing.class, event -> observe(event.observed()));
        workbench.on(RunsChanged.class, _ -> update());
        workbench.on(RunSelected.class, _ -> update());
        workbench.onClose(this::close);
        observatory.use(workbench);
        observe(observatory.current());
        timer.start();
    }

    private void close() {
        timer.stop();
        canvas.observe(Optional.empty());
        canvas.painter().close();
        workbench.publish(new FramesDrawn(0, ""));
    }

    private JComponent toolBar() {
        var bar = new ToolBar();
        var group = new ButtonGroup();
        for (JToggleButton each : new JToggleButton[] {training, policy}) {
            each.putClientProperty("JButton.buttonType", "square");
            each.setFocusable(false);
            each.setName("view." + each.getText().toLowerCase(Locale.ROOT));
            group.add(each);
            bar.add(each);
        }
        training.setToolTipText("Watch the copies that the run trains in");
        policy.setToolTipText("Play the greedy policy of the newest checkpoint, beside the training");
        training.addActionListener(_ -> observatory.play(workbench, false));
        policy.addActionListener(_ -> observatory.play(workbench, true));
        bar.add(Box.createHorizontalStrut(UIScale.scale(14)));
        var label = new JLabel("Copies  ");
        label.setLabelFor(copies);
        bar.add(label);
        copies.setName("view.copies");
        copies.setFocusable(false);
        copies.setMaximumSize(copies.getPreferredSize());
        copies.addActionListener(_ -> {
            if (!setting) {
                observatory.copies(workbench, (Integer) copies.getSelectedItem());
            }
        });
        bar.add(copies);
        bar.add(Box.createHorizontalStrut(UIScale.scale(14)));
        bar.add(follow);
        bar.add(toggle(ViewIcons.PULL, "pull", "Pull bodies by dragging, as Ctrl does", "P", false,
                canvas::pullMode));
        bar.add(toggle(ViewIcons.FRAMES, "frames", "Axes of the bodies' frames", "X", false,
                on -> show(shown.withFrames(on))));
        bar.add(toggle(ViewIcons.JOINTS, "joints", "Axes of the joints", "J", false,
                on -> show(shown.withJoints(on))));
        bar.add(toggle(ViewIcons.CONTACTS, "contacts", "Contact points and forces", "C", false,
                on -> show(shown.withContacts(on))));
        bar.add(toggle(ViewIcons.TRAILS, "trails", "Where bodies have been", "T", false,
                on -> show(shown.withTrails(on))));
        bar.add(toggle(ViewIcons.SHADOWS, "shadows", "Shadows", "S", true, on -> show(shown.withShadows(on))));
        bar.add(button(act("home", "Look as at first", ViewIcons.HOME, "R", () -> {
            canvas.camera().reset();
            canvas.painter().touch();
        })));
        bar.add(Box.createHorizontalGlue());
        frames.setName("view.frames");
        frames.putClientProperty("FlatLaf.styleClass", "small");
        frames.setForeground(UIManager.getColor(Theme.MUTED));
        bar.add(frames);
        return bar;
    }

    private void show(Shown other) {
        shown = other;
        canvas.painter().show(other);
    }

    private void follow(boolean on) {
        observed.flatMap(what -> what.history().copy(what.moment(), Optional.empty())).ifPresent(sample -> {
            canvas.camera().follow(on ? canvas.picked().map(Picked::body).orElse(0) : Part.WORLD, sample.poses());
            canvas.painter().touch();
        });
    }

    private interface Switch {
        void set(boolean on);
    }

    private JToggleButton toggle(LineIcon icon, String name, String tip, String key, boolean on, Switch target) {
        var toggle = new JToggleButton(icon, on);
        toggle.setName("view." + name);
        toggle.setToolTipText(withKey(tip, key));
        toggle.setFocusable(false);
        toggle.putClientProperty("JButton.buttonType", "toolBarButton");
        toggle.addActionListener(_ -> target.set(toggle.isSelected()));
        bind(key, name, new Work(tip, null, toggle::doClick));
        return toggle;
    }

    private void bind(String key, String name, Action action) {
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(key), name);
        getActionMap().put(name, action);
    }

    private static String withKey(String tip, String key) {
        return tip + " (" + RunControls.text(KeyStroke.getKeyStroke(key)) + ")";
    }

    private Action act(String name, String tip, Icon icon, String key, Runnable work) {
        bind(key, name, new Work(tip, null, work));
        var action = new Work("", icon, work);
        action.putValue(Action.SHORT_DESCRIPTION, withKey(tip, key));
        action.putValue(Action.ACTION_COMMAND_KEY, name);
        return action;
    }

    private static JButton button(Action action) {
        var button = new JButton(action);
        button.setName("view." + action.getValue(Action.ACTION_COMMAND_KEY));
        button.setFocusable(false);
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        return button;
    }

    private static final class Work extends AbstractAction {

        private final Runnable work;

        Work(String name, Icon icon, Runnable work) {
            super(name, icon);
            this.work = work;
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            work.run();
        }
    }

    private JComponent transport() {
        var row = new JPanel();
        row.setLayout(new BoxLayout(row, BoxLayout.LINE_AXIS));
        row.setOpaque(false);
        row.setBorder(BorderFactory.createEmptyBorder(UIScale.scale(4), UIScale.scale(8), UIScale.scale(4),
                UIScale.scale(8)));
        row.add(button(act("back", "One moment back", ViewIcons.STEP_BACK, "LEFT", () -> move(-1))));
        row.add(play);
        row.add(button(act("step", "One step on, then pause", ViewIcons.STEP, "RIGHT", this::step)));
        row.add(Box.createHorizontalStrut(UIScale.scale(6)));
        speed.setName("view.pace");
        speed.setToolTipText("How much simulated time passes in a second");
        speed.setFocusable(false);
        speed.setSelectedIndex(speed.getItemCount() - 1); // as training runs
        speed.setMaximumSize(speed.getPreferredSize());
        speed.addActionListener(_ -> {
            if (!setting) {
                observed.ifPresent(what -> what.source().pace(((Speed) speed.getSelectedItem()).factor()));
            }
        });
        row.add(speed);
        row.add(Box.createHorizontalStrut(UIScale.scale(6)));
        row.add(timeline);
        live.setName("view.live");
        live.setIcon(Icons.DOT.in(Theme.RUNNING));
        live.setFocusable(false);
        live.setToolTipText(withKey("Back to the present", "L"));
        live.addActionListener(_ -> goLive());
        bind("L", "live", new Work("Back to the present", null, this::goLive));
        row.add(live);
        return row;
    }

    private void goLive() {
        replaying = false;
        observed.ifPresent(Observed::goLive);
        update();
    }

    private void togglePause() {
        observed.ifPresent(what -> {
            if (!what.live()) {
                replaying = !replaying;
            } else if (paused(what)) {
                what.source().proceed();
            } else {
                what.source().pause();
            }
            update();
        });
    }

    private void step() {
        observed.ifPresent(what -> {
            if (!what.live()) {
                move(1);
            } else {
                what.source().advance(1);
                update();
            }
        });
    }

    private void move(int moments) {
        observed.ifPresent(what -> {
            replaying = false;
            what.show(what.moment() + moments);
            update();
        });
    }

    private static boolean paused(Observed what) {
        return switch (what.source()) {
            case Playback playback -> playback.paused();
            case RecordedView recording -> recording.paused();
            case Experiment experiment -> experiment.status().phase() == Phase.PAUSED;
            default -> false;
        };
    }

    private void observe(Optional<Observed> other) {
        observed = other;
        replaying = false;
        canvas.observe(other);
        timeline.observe(other);
        cards.show(middle, other.isPresent() ? PICTURE : EMPTY);
        update();
    }

    private void update() {
        setting = true;
        Optional<Run> selected = workbench.selected();
        boolean trains = selected.filter(Run::live).isPresent();
        training.setEnabled(trains);
        policy.setEnabled(selected.isPresent());
        (observatory.plays() ? policy : training).setSelected(true);
        copies.setSelectedItem(observatory.copies());
        observed.ifPresent(what -> {
            double pace = what.source().pace();
            for (Speed each : SPEEDS) {
                if (each.factor() == pace) {
                    speed.setSelectedItem(each);
                }
            }
            boolean stands = what.live() ? paused(what) : !replaying;
            play.setIcon(stands ? Icons.PROCEED : Icons.PAUSE);
            live.setIcon(Icons.DOT.in(what.live() ? Theme.RUNNING : Theme.MUTED));
            live.setEnabled(!what.live());
        });
        setting = false;
    }

    /// Moves a replay on, keeps the timeline in step, and tells how fast frames are drawn once a second.
    private void tick() {
        if (replaying) {
            observed.ifPresent(this::replay);
        }
        follow.setSelected(canvas.camera().followed() != Part.WORLD); // also where the camera has gone home
        if (isShowing() && ++ticks % 3 == 0) {
            timeline.repaint();
        }
        if (ticks >= TICKS_PER_SECOND) {
            ticks = 0;
            int drawn = canvas.frames();
            double rate = (drawn - counted) * 1000.0 / (TICK * TICKS_PER_SECOND);
            counted = drawn;
            frames.setText(rate > 0 ? Math.round(rate) + " frames/s" : "");
            workbench.publish(new FramesDrawn(rate, canvas.painter().device()));
        }
    }

    private void replay(Observed what) {
        Optional<Sample> now = what.history().copy(what.moment(), Optional.empty());
        long to = now.map(sample -> what.history().find(sample.nanos() + TICK * 1_000_000L)).orElse(0L);
        if (to >= what.history().next() - 1) {
            goLive();
        } else {
            what.show(Math.max(to, what.moment() + 1));
        }
    }
}
