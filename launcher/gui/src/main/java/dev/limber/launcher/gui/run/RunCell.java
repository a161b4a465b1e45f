package dev.limber.launcher.gui.run;

import dev.limber.launcher.gui.layout.Margin;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.gui.Run;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.Amounts;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import javax.swing.UIManager;

/// One run in the list: what it is, how far it has come, how well it does.
final class RunCell extends JPanel implements ListCellRenderer<Run> {

    private final Predicate<Path> compared;
    private final JLabel title = new JLabel();
    private final JLabel score = new JLabel();
    private final JLabel details = new JLabel();
    private final JLabel rate = new JLabel();
    private final Bar bar = new Bar();

    RunCell(Predicate<Path> compared) {
        super(new BorderLayout(0, 3));
        this.compared = compared;
        setBorder(Margin.of(9, 12, 9, 12));
        title.putClientProperty("FlatLaf.styleClass", "semibold");
        title.setIconTextGap(7);
        score.putClientProperty("FlatLaf.styleClass", "semibold");
        details.putClientProperty("FlatLaf.styleClass", "small");
        rate.putClientProperty("FlatLaf.styleClass", "small");
        add(row(title, score), BorderLayout.NORTH);
        var lower = row(details, rate);
        lower.setBorder(Margin.of(0, 23, 0, 0));
        add(lower, BorderLayout.CENTER);
        var line = new JPanel(new BorderLayout());
        line.setOpaque(false);
        line.setBorder(Margin.of(2, 23, 0, 0));
        line.add(bar);
        add(line, BorderLayout.SOUTH);
    }

    private static JPanel row(JLabel left, JLabel right) {
        var row = new JPanel(new BorderLayout(10, 0));
        row.setOpaque(false);
        row.add(left, BorderLayout.CENTER);
        row.add(right, BorderLayout.EAST);
        return row;
    }

    /// The colour that a phase has everywhere.
    static String colour(Phase phase) {
        return switch (phase) {
            case RUNNING -> Theme.RUNNING;
            case PAUSED -> Theme.PAUSED;
            case FINISHED -> Theme.FINISHED;
            case STOPPED -> Theme.MUTED;
            case FAILED -> Theme.FAILED;
        };
    }

    private static LineIcon icon(Phase phase) {
        return switch (phase) {
            case RUNNING -> Icons.PROCEED;
            case PAUSED -> Icons.PAUSE;
            case FINISHED -> Icons.CHECK;
            case STOPPED -> Icons.STOP;
            case FAILED -> Icons.ERROR;
        };
    }

    @Override
    public Component getListCellRendererComponent(JList<? extends Run> list, Run run, int index, boolean selected,
            boolean focused) {
        Status status = run.status();
        Color text = selected ? list.getSelectionForeground() : list.getForeground();
        Color muted = selected ? text : UIManager.getColor(Theme.MUTED);
        setBackground(selected ? list.getSelectionBackground() : list.getBackground());
        title.setForeground(text);
        score.setForeground(text);
        details.setForeground(muted);
        rate.setForeground(muted);
        LineIcon phase = icon(status.phase());
        title.setIcon(selected ? phase : phase.in(colour(status.phase())));
        title.setText(run.environment() + "  ·  " + run.algorithm());
        score.setIcon(compared.test(run.folder()) ? Icons.COMPARE : null);
        score.setText(Amounts.decimal(status.meanReturn()));
        String phaseName = status.phase().name().toLowerCase(Locale.ROOT);
        details.setText("seed " + run.seed() + "  ·  " + (run.problem().isEmpty() ? phaseName : run.problem()));
        rate.setText(Amounts.count(status.step()) + " / " + Amounts.count(status.totalSteps())
                + (status.phase() == Phase.RUNNING ? "  ·  " + Amounts.count(status.stepsPerSecond()) + "/s" : ""));
        bar.show(status.totalSteps() > 0 ? (double) status.step() / status.totalSteps() : 0,
                selected ? text : UIManager.getColor(colour(status.phase())));
        return this;
    }

    /// How much is done, as a thin line.
    private static final class Bar extends JComponent {

        private double done;
        private Color colour = Color.GRAY;

        Bar() {
            setPreferredSize(UIScale.scale(new Dimension(40, 3)));
        }

        void show(double fraction, Color of) {
            done = Math.clamp(fraction, 0, 1);
            colour = of;
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D drawing = (Graphics2D) graphics;
            drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            int height = getHeight();
            drawing.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 50));
            drawing.fill(new RoundRectangle2D.Double(0, 0, getWidth(), height, height, height));
            drawing.setColor(colour);
            drawing.fill(
                    new RoundRectangle2D.Double(0, 0, Math.max(height, done * getWidth()), height, height, height));
        }
    }
}
