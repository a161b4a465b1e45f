package dev.limber.launcher.gui.plot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.MetricTable;
import dev.limber.api.gui.MetricsRead;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsCompared;
import dev.limber.api.gui.Workbench;
import dev.limber.api.watch.Subject;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.EmptyState;
import dev.limber.launcher.gui.layout.FormColumn;
import dev.limber.launcher.gui.layout.ToolBar;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.Observatory;
import dev.limber.launcher.gui.timeline.Observed;
import dev.limber.launcher.gui.timeline.Observing;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.FlowLayout;
import java.awt.GridLayout;
import java.awt.event.ActionEvent;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.Box;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.Timer;
import javax.swing.UIManager;

/// Plots: what can be plotted at the left, a plot for each quantity that is ticked at the right. Runs lie over one another
/// in one plot; plots of metrics share their x axis, and so do those of the watch.
final class PlotsView extends JPanel {

    private static final int REFRESH_MILLIS = 250;
    private static final int WIDE = 760;
    private static final String PLOTS = "plots";
    private static final String EMPTY = "empty";
    private static final List<String> SEEN_FIRST = List.of("episode/return_100", "episode/return", "episode/length");
    private static final LineIcon PICTURE = LineIcon
            .lines("M 2 3 L 14 3 L 14 13 L 2 13 Z M 2.4 11 L 6 7.4 L 8.6 10 L 10.6 8 L 13.8 11 O 10.4 5.8 0.9");
    private static final LineIcon TABLE = LineIcon
            .lines("M 2 3 L 14 3 L 14 13 L 2 13 Z M 2 6.4 L 14 6.4 M 2 9.7 L 14 9.7 M 6.5 3 L 6.5 13");

    private final Workbench workbench;
    private final Observatory observatory;
    private final QuantityList quantities = new QuantityList(this::layOut);
    private final JPanel grid = new JPanel();
    private final JPanel legend = new JPanel(new FlowLayout(FlowLayout.LEADING, 12, 2));
    private final CardLayout cards = new CardLayout();
    private final JPanel middle = new JPanel(cards);
    private final JComboBox<String> axis = new JComboBox<>(new String[] {"step", "seconds"});
    private final Range metricRange = new Range();
    private final Range watchRange = new Range();
    private final Timer timer = new Timer(REFRESH_MILLIS, _ -> refresh());
    private final Map<Quantity, PlotCard> plots = new LinkedHashMap<>();
    private OptionalLong began = OptionalLong.empty();
    private long seen = -1;
    private long seenMoment = -1;
    private boolean ticked;
    private boolean outdated;

    PlotsView(Workbench workbench, Observatory observatory) {
        super(new BorderLayout());
        this.workbench = workbench;
        this.observatory = observatory;
        setOpaque(false);
        add(toolBar(), BorderLayout.NORTH);
        add(quantities, BorderLayout.WEST);
        legend.setOpaque(false);
        grid.setOpaque(false);
        var page = new FormColumn();
        page.add(grid, 0);
        JScrollPane scroll = page.scrolling();
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        scroll.getVerticalScrollBar().setUnitIncrement(UIScale.scale(24));
        var right = new JPanel(new BorderLayout());
        right.setOpaque(false);
        right.add(legend, BorderLayout.NORTH);
        right.add(scroll, BorderLayout.CENTER);
        middle.setOpaque(false);
        middle.add(right, PLOTS);
        middle.add(new EmptyState(Icons.COMPARE, "No plots yet",
                "Select a run, tick at the left what to plot,<br>and compare runs to lay them over one another.",
                Optional.empty()), EMPTY);
        add(middle, BorderLayout.CENTER);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                columns();
            }
        });
        workbench.on(MetricsRead.class, _ -> outdated = true);
        workbench.on(RunSelected.class, _ -> refreshMetrics());
        workbench.on(RunsCompared.class, _ -> refreshMetrics());
        workbench.on(Observing.class, _ -> watchAnew());
        workbench.onClose(timer::stop);
        observatory.use(workbench);
        refreshMetrics();
        layOut();
        timer.start();
    }

    private ToolBar toolBar() {
        var bar = new ToolBar();
        var label = new JLabel("Over ");
        label.setLabelFor(axis);
        bar.add(label);
        axis.setFocusable(false);
        axis.setMaximumSize(axis.getPreferredSize());
        axis.addActionListener(_ -> {
            metricRange.reset();
            watchRange.reset();
            refreshMetrics();
            seen = -1;
            refreshWatched();
        });
        bar.add(axis);
        bar.add(Box.createHorizontalGlue());
        bar.icon(act("Show all", "Show all there is (also by a double click on a plot)", Icons.REFRESH, () -> {
            metricRange.reset();
            watchRange.reset();
            plots.values().forEach(PlotCard::redraw);
        }));
        bar.icon(act("Export PNG", "Write the plots as a picture", PICTURE, () -> {
            BufferedImage picture = PlotExport.picture(shown(), UIManager.getColor(Theme.GROUND));
            export("plots.png", file -> PlotExport.png(picture, file));
        }));
        bar.icon(act("Export CSV", "Write all points of the plots as a table", TABLE,
                () -> export("plots.csv", file -> PlotExport.csv(shown(), axisName(), file))));
        return bar;
    }

    private static Action act(String name, String tip, LineIcon icon, Runnable work) {
        var action = new AbstractAction(name, icon) {

            @Override
            public void actionPerformed(ActionEvent event) {
                work.run();
            }
        };
        action.putValue(Action.SHORT_DESCRIPTION, tip);
        return action;
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }

    private void export(String name, Writer writer) {
        var chooser = new JFileChooser();
        chooser.setSelectedFile(new File(name));
        if (chooser.showSaveDialog(this) == JFileChooser.APPROVE_OPTION) {
            Path file = chooser.getSelectedFile().toPath();
            Callable<Path> work = () -> {
                writer.write(file);
                return file;
            };
            workbench.inBackground(work,
                    done -> workbench.publish(Logged.now(Logged.Level.INFO, "plots", "wrote " + done)));
        }
    }

    /// What the x axis is.
    String axisName() {
        return (String) axis.getSelectedItem();
    }

    private boolean overSteps() {
        return axis.getSelectedIndex() == 0;
    }

    /// The plots, in order.
    List<PlotCard> shown() {
        return List.copyOf(plots.values());
    }

    QuantityList quantities() {
        return quantities;
    }

    /// The runs to plot: the selected one first.
    private List<Path> folders() {
        return Stream.concat(workbench.selected().map(Run::folder).stream(), workbench.compared().stream()).distinct()
                .toList();
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    /// Plots what is new, a few times a second, where anybody sees it.
    private void refresh() {
        if (outdated && isShowing()) {
            refreshMetrics();
        }
        refreshWatched();
    }

    private void refreshMetrics() {
        outdated = false;
        offer();
        plots.forEach((quantity, card) -> {
            if (!quantity.group().watched()) {
                fill(card);
            }
        });
        fillLegend();
    }

    /// Offers what the runs and the watch have now.
    private void offer() {
        var all = new LinkedHashSet<Quantity>();
        for (Path folder : folders()) {
            all.addAll(Quantity.of(workbench.metrics(folder)));
        }
        subject().ifPresent(subject -> all.addAll(Quantity.of(subject)));
        quantities.offer(List.copyOf(all));
        if (!ticked && all.stream().anyMatch(each -> SEEN_FIRST.contains(each.name()))) {
            ticked = true;
            all.stream().filter(each -> SEEN_FIRST.contains(each.name()) || each.group() == Quantity.Group.OBSERVATION)
                    .limit(6).forEach(each -> quantities.tick(each, true));
        }
        layOut();
    }

    private Optional<Subject> subject() {
        return observatory.current()
                .flatMap(what -> what.history().copy(Long.MAX_VALUE, Optional.empty()).map(sample -> sample.subject()));
    }

    private void fill(PlotCard card) {
        var curves = new ArrayList<Curve>();
        List<Path> folders = folders();
        for (int i = 0; i < folders.size(); i++) {
            MetricTable table = workbench.metrics(folders.get(i));
            if (table.columns().containsKey(card.quantity().name())) {
                curves.add(Curve.known(name(folders.get(i)), ChartStyle.colour(i), table.column(axisName()),
                        table.column(card.quantity().name())));
            }
        }
        card.show(curves, OptionalDouble.empty());
    }

    private void fillLegend() {
        legend.removeAll();
        List<Path> folders = folders();
        for (int i = 0; i < folders.size() && folders.size() > 1; i++) {
            var label = new JLabel(name(folders.get(i)), new Swatch(ChartStyle.colour(i)), JLabel.LEADING);
            legend.add(label);
        }
        legend.setVisible(folders.size() > 1);
        legend.revalidate();
        legend.repaint();
    }

    private void watchAnew() {
        seen = -1;
        began = OptionalLong.empty();
        watchRange.reset();
        refreshMetrics();
    }

    /// Plots what the watch has seen, where there is something new.
    private void refreshWatched() {
        Optional<Observed> current = observatory.current();
        if (current.isEmpty() || !isShowing() && seen >= 0) {
            return;
        }
        Observed what = current.get();
        long next = what.history().next();
        long moment = what.live() ? -1 : what.moment();
        if (next == seen && moment == seenMoment) {
            return;
        }
        if (seen < 0) {
            offer();
        }
        seen = next;
        seenMoment = moment;
        List<PlotCard> watched = plots.values().stream().filter(card -> card.quantity().group().watched()).toList();
        if (next > 0 && !watched.isEmpty()) {
            fill(watched, what);
        }
    }

    private void fill(List<PlotCard> watched, Observed what) {
        long first = what.history().first();
        int size = (int) (what.history().next() - first);
        double[] x = new double[size];
        double[][] y = new double[watched.size()][size];
        Arrays.fill(x, Double.NaN);
        if (began.isEmpty()) {
            began = OptionalLong.of(what.history().nanos(0));
        }
        what.history().each(first, first + size, (number, sample) -> {
            int i = (int) (number - first);
            x[i] = overSteps() ? sample.step() : (sample.nanos() - began.getAsLong()) / 1e9;
            for (int k = 0; k < y.length; k++) {
                y[k][i] = watched.get(k).quantity().value(sample);
            }
        });
        long moment = what.moment();
        OptionalDouble mark = what.live() || moment < first || moment >= first + size ? OptionalDouble.empty()
                : OptionalDouble.of(x[(int) (moment - first)]);
        for (int k = 0; k < y.length; k++) {
            watched.get(k).show(List.of(Curve.known(name(what.run()), ChartStyle.colour(0), x, y[k])), mark);
        }
    }

    private void layOut() {
        List<Quantity> wanted = quantities.ticked();
        if (!wanted.equals(List.copyOf(plots.keySet()))) {
            var before = new LinkedHashMap<>(plots);
            plots.clear();
            grid.removeAll();
            for (Quantity quantity : wanted) {
                PlotCard card = before.computeIfAbsent(quantity, this::card);
                plots.put(quantity, card);
                grid.add(card);
                if (!quantity.group().watched()) {
                    fill(card);
                }
            }
            seen = -1;
            columns();
        }
        cards.show(middle, plots.isEmpty() ? EMPTY : PLOTS);
    }

    private PlotCard card(Quantity quantity) {
        boolean watched = quantity.group().watched();
        return new PlotCard(quantity, watched ? watchRange : metricRange,
                () -> plots.values().forEach(PlotCard::redraw), x -> {
                    if (watched) {
                        seek(x);
                    }
                });
    }

    /// Shows the moment of an x in the view too.
    private void seek(double x) {
        observatory.current().ifPresent(what -> {
            long[] found = {what.history().first()};
            what.history().each(0, Long.MAX_VALUE, (moment, sample) -> {
                double at = overSteps() ? sample.step() : (sample.nanos() - began.orElse(0)) / 1e9;
                found[0] = at <= x ? moment : found[0];
            });
            what.show(found[0]);
            refreshWatched();
        });
    }

    private void columns() {
        int room = getWidth() - quantities.getPreferredSize().width;
        int gap = UIScale.scale(8);
        grid.setLayout(new GridLayout(0, room > UIScale.scale(WIDE) ? 2 : 1, gap, gap));
        grid.revalidate();
        grid.repaint();
    }
}
