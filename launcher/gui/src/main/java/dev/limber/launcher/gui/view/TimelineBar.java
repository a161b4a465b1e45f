package dev.limber.launcher.gui.view;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.History;
import dev.limber.launcher.gui.timeline.Observed;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.UIManager;

/// The last minutes as a bar: where its user presses and drags, that moment is shown; at the right end, the newest. Marks
/// are ends of episodes of the first watched copy.
final class TimelineBar extends JComponent {

    private static final int HEIGHT = 36;
    private static final int TRACK = 6;
    private static final int SNAP = 6;
    private static final double SHORTEST = 10;

    private Optional<Observed> observed = Optional.empty();

    TimelineBar() {
        setName("view.timeline");
        setToolTipText("Drag to go back in time; drag to the right end for the present");
        var mouse = new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                seek(event.getX());
            }

            @Override
            public void mouseDragged(MouseEvent event) {
                seek(event.getX());
            }
        };
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
    }

    void observe(Optional<Observed> other) {
        observed = other;
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(200), UIScale.scale(HEIGHT));
    }

    private void seek(int x) {
        observed.ifPresent(what -> {
            if (x > getWidth() - inset() - UIScale.scale(SNAP)) {
                what.goLive();
            } else {
                Scale scale = scale(what.history());
                what.show(what.history().find(scale.nanos(x)));
            }
            repaint();
        });
    }

    private static int inset() {
        return UIScale.scale(8);
    }

    /// Between times and places.
    private record Scale(long start, long end, int left, int width) {

        int x(long nanos) {
            return left + (int) (width * (double) (nanos - start) / (end - start));
        }

        long nanos(int x) {
            return start + (long) ((end - start) * (double) (x - left) / width);
        }
    }

    private Scale scale(History history) {
        long end = history.nanos(Long.MAX_VALUE);
        long start = Math.min(history.nanos(0), end - (long) (SHORTEST * 1e9));
        return new Scale(start, end, inset(), Math.max(1, getWidth() - 2 * inset()));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int track = UIScale.scale(TRACK);
        int y = UIScale.scale(10);
        drawing.setColor(UIManager.getColor("ProgressBar.background"));
        drawing.fillRoundRect(inset(), y, getWidth() - 2 * inset(), track, track, track);
        observed.filter(what -> what.history().next() > 0).ifPresent(what -> paint(drawing, what, y, track));
        drawing.dispose();
    }

    private void paint(Graphics2D drawing, Observed what, int y, int track) {
        Scale scale = scale(what.history());
        boolean live = what.live();
        Color tone = UIManager.getColor(live ? Theme.RUNNING : Theme.PAUSED);
        int first = scale.x(what.history().nanos(0));
        int at = live ? scale.left + scale.width : scale.x(what.history().nanos(what.moment()));
        drawing.setColor(UIManager.getColor("Component.borderColor"));
        drawing.fillRoundRect(first, y, scale.left + scale.width - first, track, track, track);
        drawing.setColor(new Color(tone.getRed(), tone.getGreen(), tone.getBlue(), 110));
        drawing.fillRoundRect(first, y, Math.max(track, at - first), track, track, track);
        paintEnds(drawing, what.history(), scale, y + track + 2);
        int knob = UIScale.scale(14);
        drawing.setColor(tone);
        drawing.fillOval(at - knob / 2, y + track / 2 - knob / 2, knob, knob);
        drawing.setColor(UIManager.getColor(Theme.GROUND));
        drawing.fillOval(at - knob / 4, y + track / 2 - knob / 4, knob / 2, knob / 2);
        paintLabels(drawing, scale, first, at, live);
    }

    private void paintEnds(Graphics2D drawing, History history, Scale scale, int y) {
        var marked = new boolean[getWidth() + 1];
        int[] count = new int[1];
        history.each(0, Long.MAX_VALUE, (_, sample) -> {
            if (sample.terminated().length > 0 && (sample.terminated()[0] || sample.truncated()[0])) {
                int x = Math.clamp(scale.x(sample.nanos()), 0, getWidth());
                count[0] += marked[x] ? 0 : 1;
                marked[x] = true;
            }
        });
        if (count[0] > getWidth() / 4) {
            return; // no single one could be seen
        }
        drawing.setColor(UIManager.getColor(Theme.MUTED));
        for (int x = 0; x < marked.length; x++) {
            if (marked[x]) {
                drawing.fillRect(x, y, 1, UIScale.scale(4));
            }
        }
    }

    private void paintLabels(Graphics2D drawing, Scale scale, int first, int at, boolean live) {
        drawing.setFont(UIManager.getFont("Label.font").deriveFont(UIScale.scale(11f)));
        FontMetrics metrics = drawing.getFontMetrics();
        int y = getHeight() - metrics.getDescent() - 1;
        drawing.setColor(UIManager.getColor(Theme.MUTED));
        String oldest = ago((scale.end - scale.nanos(first)) / 1e9);
        String now = "now";
        drawing.drawString(oldest, first, y);
        drawing.drawString(now, getWidth() - inset() - metrics.stringWidth(now), y);
        if (!live) {
            String text = ago((scale.end - scale.nanos(at)) / 1e9);
            int width = metrics.stringWidth(text);
            int x = Math.clamp(at - width / 2, first + metrics.stringWidth(oldest) + 10,
                    Math.max(first + metrics.stringWidth(oldest) + 10, getWidth() - width - inset() - 40));
            drawing.setColor(UIManager.getColor(Theme.PAUSED));
            drawing.drawString(text, x, y);
        }
    }

    private static String ago(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "−%.1f s", seconds)
                : String.format(Locale.ROOT, "−%d:%02d min", (int) seconds / 60, (int) seconds % 60);
    }
}
