package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.RunsCompared;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.layout.EmptyState;
import dev.limber.launcher.gui.layout.ToolBar;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.DefaultListModel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.ListSelectionModel;
import javax.swing.SwingUtilities;

/// The runs, newest first, and what can be done to the selected one.
final class RunListView extends JPanel {

    private final Workbench workbench;
    private final DefaultListModel<Run> entries = new DefaultListModel<>();
    private final JList<Run> list = new JList<>(entries);
    private final JPanel cards = new JPanel(new CardLayout());
    private final JPopupMenu popup = new JPopupMenu();
    private boolean showing; // what others selected, which is not to be told them again

    RunListView(Workbench workbench, Experiments experiments) {
        super(new BorderLayout());
        this.workbench = workbench;
        var controls = new RunControls(workbench, experiments);
        var bar = new ToolBar();
        Action fresh = new NewExperiment();
        bar.primary(fresh);
        bar.add(Box.createHorizontalGlue());
        for (Action action : List.of(controls.proceed, controls.pause, controls.stop, controls.resume)) {
            bar.icon(action);
        }
        bar.addSeparator();
        bar.icon(controls.evaluate);
        bar.icon(controls.compare);
        for (Action action : List.of(controls.proceed, controls.pause, controls.stop, controls.resume,
                controls.checkpoint, controls.evaluate, controls.compare)) {
            popup.add(action);
        }

        list.setName("runs");
        list.setCellRenderer(new RunCell(folder -> workbench.compared().contains(folder)));
        list.setFixedCellWidth(1); // which grows to all there is, and never beyond
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.addListSelectionListener(_ -> selected());
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                popup(event);
            }

            @Override
            public void mouseReleased(MouseEvent event) {
                popup(event);
            }
        });
        var scroll = new JScrollPane(list);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        cards.add(new EmptyState(Icons.FLASK, "No runs yet",
                "Choose an environment and an algorithm,<br>and watch it learn.",
                Optional.of(fresh)), "empty");
        cards.add(scroll, "runs");
        add(bar, BorderLayout.NORTH);
        add(cards, BorderLayout.CENTER);

        workbench.on(RunsChanged.class, event -> show(event.runs()));
        workbench.on(RunSelected.class, _ -> showSelected());
        workbench.on(RunsCompared.class, _ -> list.repaint());
        show(workbench.runs());
    }

    private void popup(MouseEvent event) {
        int index = list.locationToIndex(event.getPoint());
        if (event.isPopupTrigger() && index >= 0) {
            list.setSelectedIndex(index);
            popup.show(list, event.getX(), event.getY());
        } else if (index >= 0 && SwingUtilities.isLeftMouseButton(event)
                && !list.getCellBounds(index, index).contains(event.getPoint())) {
            list.clearSelection();
        }
    }

    /// Changes as little as possible: the list keeps its place while runs get on.
    private void show(List<Run> runs) {
        showing = true;
        try {
            for (int i = 0; i < runs.size(); i++) {
                if (i < entries.size()) {
                    if (!entries.get(i).equals(runs.get(i))) {
                        entries.set(i, runs.get(i));
                    }
                } else {
                    entries.addElement(runs.get(i));
                }
            }
            if (entries.size() > runs.size()) {
                entries.removeRange(runs.size(), entries.size() - 1);
            }
        } finally {
            showing = false;
        }
        ((CardLayout) cards.getLayout()).show(cards, runs.isEmpty() ? "empty" : "runs");
        showSelected();
    }

    private void showSelected() {
        showing = true;
        try {
            int index = workbench.selected().map(run -> {
                for (int i = 0; i < entries.size(); i++) {
                    if (entries.get(i).folder().equals(run.folder())) {
                        return i;
                    }
                }
                return -1;
            }).orElse(-1);
            if (index != list.getSelectedIndex()) {
                if (index < 0) {
                    list.clearSelection();
                } else {
                    list.setSelectedIndex(index);
                    list.ensureIndexIsVisible(index);
                }
            }
        } finally {
            showing = false;
        }
    }

    private void selected() {
        Run run = list.getSelectedValue();
        if (!showing && run != null) {
            workbench.select(run.folder());
        }
    }

    private final class NewExperiment extends AbstractAction {

        NewExperiment() {
            super("New", Icons.ADD);
            putValue(SHORT_DESCRIPTION, "Choose what to train (Ctrl+N)");
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            workbench.show("limber.start");
        }
    }
}
