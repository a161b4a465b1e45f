package dev.limber.launcher.gui.robot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.SessionStatus;
import dev.limber.launcher.gui.plot.LivePlot;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.UIManager;

/// Each joint between its limits: where it is measured, what was wanted and what was sent. Where commands are no positions they have
/// a bar of their own.
final class JointBars extends JComponent {

    /// Colour of what was measured.
    static final Color MEASURED = LivePlot.colour(0);
    /// Colour of what the controller wanted.
    static final Color WANTED = LivePlot.colour(1);
    /// Colour of what was sent.
    static final Color SENT = LivePlot.colour(2);

    private static final int NAME = 110;
    private static final int VALUES = 190;
    private static final int BAR = 12;
    private static final int LINE = 34;
    private static final int LEGEND = 24;
    /// What a bar spans where there is no limit [rad or m].
    private static final double UNLIMITED = Math.PI;

    private Optional<SessionStatus> status = Optional.empty();
    private CommandMode mode = CommandMode.POSITION;

    JointBars() {
        setName("robot.joints");
    }

    /// Shows this.
    void show(Optional<SessionStatus> now, CommandMode commands) {
        boolean rows = joints() != now.map(s -> s.limits().joints().size()).orElse(0) || commands != mode;
        status = now;
        mode = commands;
        if (rows) {
            revalidate();
        }
        repaint();
    }

    private int joints() {
        return status.map(now -> now.limits().joints().size()).orElse(0);
    }

    private int lines() {
        return mode == CommandMode.POSITION ? 1 : 2;
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(420), UIScale.scale(LEGEND + Math.max(1, joints()) * lines() * LINE));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        legend(drawing);
        int y = UIScale.scale(LEGEND);
        if (status.isPresent()) {
            Cycle cycle = status.get().cycle();
            for (int i = 0; i < Math.min(joints(), cycle.joints()); i++) {
                JointLimits limits = status.get().limits().joints().get(i);
                boolean positions = mode == CommandMode.POSITION;
                line(drawing, y, limits.joint(), limits.low(), limits.high(), cycle.measured().positions()[i],
                        positions ? cycle.wanted()[i] : Double.NaN, positions ? cycle.sent()[i] : Double.NaN);
                y += UIScale.scale(LINE);
                if (!positions) {
                    boolean effort = mode == CommandMode.EFFORT;
                    double most = effort ? limits.maxEffort() : limits.maxVelocity();
                    line(drawing, y, effort ? "effort" : "velocity", -most, most,
                            (effort ? cycle.measured().efforts() : cycle.measured().velocities())[i],
                            cycle.wanted()[i], cycle.sent()[i]);
                    y += UIScale.scale(LINE);
                }
            }
        }
        drawing.dispose();
    }

    private void legend(Graphics2D drawing) {
        drawing.setFont(small());
        int x = UIScale.scale(NAME);
        for (int i = 0; i < 3; i++) {
            drawing.setColor(new Color[] {MEASURED, WANTED, SENT}[i]);
            int size = UIScale.scale(8);
            drawing.fillRect(x, UIScale.scale(5), size, size);
            drawing.setColor(UIManager.getColor(Theme.MUTED));
            String text = new String[] {"measured", "wanted", "sent"}[i];
            drawing.drawString(text, x + size + UIScale.scale(5), UIScale.scale(13));
            x += size + UIScale.scale(22) + drawing.getFontMetrics().stringWidth(text);
        }
    }

    private static Font small() {
        return UIManager.getFont("Label.font").deriveFont(UIScale.scale(11f));
    }

    private void line(Graphics2D drawing, int top, String name, double lowest, double highest, double measured,
            double wanted, double sent) {
        double low = Double.isInfinite(lowest) ? -UNLIMITED : lowest;
        double high = Double.isInfinite(highest) ? UNLIMITED : highest;
        int left = UIScale.scale(NAME);
        int width = Math.max(UIScale.scale(60), getWidth() - left - UIScale.scale(VALUES));
        int bar = UIScale.scale(BAR);
        drawing.setFont(UIManager.getFont("Label.font"));
        drawing.setColor(UIManager.getColor("Label.foreground"));
        drawing.drawString(name, 0, top + bar);
        drawing.setColor(UIManager.getColor("Component.borderColor"));
        drawing.fillRoundRect(left, top, width, bar, bar, bar);
        if (low <= 0 && high >= 0) {
            int zero = place(0, low, high, left, width);
            if (Double.isFinite(measured)) {
                int to = place(measured, low, high, left, width);
                drawing.setColor(new Color(MEASURED.getRed(), MEASURED.getGreen(), MEASURED.getBlue(), 110));
                drawing.fillRect(Math.min(zero, to), top + bar / 4, Math.abs(to - zero), bar / 2);
            }
            drawing.setColor(UIManager.getColor(Theme.MUTED));
            drawing.drawLine(zero, top - 1, zero, top + bar);
        }
        tick(drawing, wanted, low, high, left, width, top, WANTED);
        arrow(drawing, sent, low, high, left, width, top, SENT);
        tick(drawing, measured, low, high, left, width, top, MEASURED);
        drawing.setFont(small());
        drawing.setColor(UIManager.getColor(Theme.MUTED));
        FontMetrics metrics = drawing.getFontMetrics();
        int below = top + bar + metrics.getAscent() + 1;
        drawing.drawString(bound(lowest), left, below);
        String end = bound(highest);
        drawing.drawString(end, left + width - metrics.stringWidth(end), below);
        values(drawing, left + width + UIScale.scale(12), top + bar - 1, measured, wanted, sent);
    }

    private static String bound(double limit) {
        return Double.isInfinite(limit) ? "any" : String.format(Locale.ROOT, "%.3g", limit);
    }

    private static void values(Graphics2D drawing, int x, int baseline, double... values) {
        drawing.setFont(UIManager.getFont("monospaced.font").deriveFont(UIScale.scale(11.5f)));
        int at = x;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                String text = String.format(Locale.ROOT, "%7.3f", values[i]).replace("-0.000", " 0.000");
                drawing.setColor(new Color[] {MEASURED, WANTED, SENT}[i]);
                drawing.drawString(text, at, baseline);
            }
            at += drawing.getFontMetrics().stringWidth(" -00.000");
        }
    }

    private static int place(double value, double low, double high, int left, int width) {
        return left + (int) Math.round(Math.clamp((value - low) / (high - low), 0.0, 1.0) * width);
    }

    private static void tick(Graphics2D drawing, double value, double low, double high, int left, int width, int top,
            Color color) {
        if (Double.isFinite(value)) {
            int at = place(value, low, high, left, width);
            int thick = UIScale.scale(4);
            drawing.setColor(color);
            drawing.fillRoundRect(at - thick / 2, top - UIScale.scale(3), thick, UIScale.scale(BAR + 6), thick, thick);
        }
    }

    /// Below the bar, so that it is seen where it is the same as what was wanted.
    private static void arrow(Graphics2D drawing, double value, double low, double high, int left, int width, int top,
            Color color) {
        if (Double.isFinite(value)) {
            int at = place(value, low, high, left, width);
            int size = UIScale.scale(6);
            int tip = top + UIScale.scale(BAR) - 1;
            var shape = new Path2D.Double();
            shape.moveTo(at, tip);
            shape.lineTo(at - size, tip + 1.4 * size);
            shape.lineTo(at + size, tip + 1.4 * size);
            shape.closePath();
            drawing.setColor(color);
            drawing.fill(shape);
        }
    }
}
