package dev.limber.launcher.gui.view;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.physics.Vector3;
import dev.limber.api.session.RecordedView;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.launcher.gui.layout.OverlayCard;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.Observed;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.EventQueue;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;

/// The picture of the scene: it shows what the painter draws, sharp on dense screens, and turns movements of the mouse into
/// those of the camera, or of a spring that pulls a body.
final class ViewCanvas extends JComponent {

    private static final int MARGIN = 12;
    private static final int CLICK = 3;
    private static final int INSET = 168;
    private static final double STIFFNESS = 40;
    private static final double DAMPING = 0.6;

    private final OrbitCamera camera = new OrbitCamera();
    private final Painter painter;
    private Optional<Observed> observed = Optional.empty();
    private boolean pulling;
    private boolean pullMode;
    private Optional<Picked> picked = Optional.empty();

    // From the painter's thread.
    private volatile Frame frame = new Frame(Optional.empty(), Tiles.of(1, 1, 1), Optional.empty(),
            Optional.empty(), Optional.empty(), 0, 0, "");
    private volatile int frames;

    /// What is painted.
    ///
    /// @param image the picture
    /// @param sample what it shows, where somebody may pull at it
    /// @param card about the picked body
    /// @param pixels what the policy sees
    /// @param step environment steps taken
    /// @param age how long ago it was [s]
    /// @param message instead of a picture
    private record Frame(Optional<BufferedImage> image, Tiles tiles, Optional<Sample> sample,
            Optional<OverlayCard> card,
            Optional<BufferedImage> pixels, long step, double age, String message) {}

    /// @param painters makes the painter for a camera and who hears of frames
    ViewCanvas(BiFunction<OrbitCamera, Painter.Listener, Painter> painters,
            Consumer<Throwable> failed) {
        setName("view.canvas");
        setOpaque(true);
        setFocusable(true);
        painter = painters.apply(camera, new Painter.Listener() {
            @Override
            public void drawn(BufferedImage image, Tiles tiles, Sample sample) {
                take(image, tiles, sample);
            }

            @Override
            public void nothing(String reason) {
                frame = new Frame(Optional.empty(), Tiles.of(1, 1, 1), Optional.empty(), Optional.empty(),
                        Optional.empty(), 0, 0, reason);
                repaint();
            }

            @Override
            public void failed(Throwable failure) {
                failed.accept(failure);
            }
        });
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                resize();
            }
        });
        var mouse = new Mouse();
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        addMouseWheelListener(mouse);
        painter.start();
    }

    private void resize() {
        double scale = scale();
        painter.size((int) Math.round(getWidth() * scale), (int) Math.round(getHeight() * scale));
    }

    private double scale() {
        return getGraphicsConfiguration() == null ? 1 : getGraphicsConfiguration().getDefaultTransform().getScaleX();
    }

    private void take(BufferedImage image, Tiles tiles, Sample sample) {
        Optional<Observed> what = observed;
        if (what.isEmpty()) {
            return;
        }
        long moment = what.get().history().find(sample.nanos()); // it may show a newer one by now
        Optional<Picked> body = picked.filter(each -> each.tile() < sample.subject().size()
                && 7 * each.body() < sample.subject().poseSize());
        Optional<Sample> kept = body.map(_ -> {
            var copy = new Sample(sample.subject());
            copy.set(sample);
            return copy;
        });
        Optional<BufferedImage> seen = sample.subject().environment().image().filter(_ -> sample.pixels().length > 0)
                .map(each -> PolicyPixels.picture(each, sample.pixels(), body.map(Picked::tile).orElse(0)));
        double age = (what.get().history().nanos(Long.MAX_VALUE) - sample.nanos()) / 1e9;
        frame = new Frame(Optional.of(image), tiles, kept,
                body.map(each -> BodyCard.of(each, what.get(), moment, sample)), seen, sample.step(), age, "");
        frames++;
        repaint();
    }

    OrbitCamera camera() {
        return camera;
    }

    Painter painter() {
        return painter;
    }

    /// Frames drawn so far.
    int frames() {
        return frames;
    }

    /// The picture that is shown.
    Optional<BufferedImage> picture() {
        return frame.image;
    }

    /// The body that is picked.
    Optional<Picked> picked() {
        return picked;
    }

    /// Whether a plain drag pulls bodies.
    void pullMode(boolean on) {
        pullMode = on;
        setCursor(Cursor.getPredefinedCursor(on ? Cursor.HAND_CURSOR : Cursor.DEFAULT_CURSOR));
    }

    void observe(Optional<Observed> other) {
        release();
        observed = other;
        pick(Optional.empty());
        painter.observe(other);
        other.ifPresent(each -> each.onChange(painter::touch));
    }

    private void pick(Optional<Picked> body) {
        picked = body;
        painter.highlight(body);
    }

    private void release() {
        if (pulling) {
            pulling = false;
            observed.ifPresent(each -> each.watch().pull(Optional.empty()));
            painter.pull(Optional.empty());
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        Frame now = frame;
        now.image.ifPresentOrElse(image -> paintPicture(drawing, image), () -> {
            drawing.setColor(UIManager.getColor(Theme.GROUND));
            drawing.fillRect(0, 0, getWidth(), getHeight());
        });
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        if (now.image.isPresent()) {
            paintHud(drawing, now);
        } else if (!now.message.isEmpty()) {
            drawing.setColor(UIManager.getColor(Theme.MUTED));
            drawing.setFont(UIManager.getFont("Label.font"));
            int width = drawing.getFontMetrics().stringWidth(now.message);
            drawing.drawString(now.message, (getWidth() - width) / 2, getHeight() / 2);
        }
        drawing.dispose();
    }

    /// Paints pixel by pixel, whatever the screen's density.
    private void paintPicture(Graphics2D drawing, BufferedImage image) {
        AffineTransform before = drawing.getTransform();
        double scale = scale();
        if (image.getWidth() == (int) Math.round(getWidth() * scale)) {
            drawing.scale(1 / scale, 1 / scale);
            drawing.drawImage(image, 0, 0, null);
            drawing.setTransform(before);
        } else { // until the painter has caught up with the new size
            drawing.drawImage(image, 0, 0, getWidth(), getHeight(), null);
        }
    }

    private void paintHud(Graphics2D drawing, Frame now) {
        int margin = UIScale.scale(MARGIN);
        Font plain = UIManager.getFont("Label.font").deriveFont(UIScale.scale(12f));
        Font mono = UIManager.getFont("monospaced.font").deriveFont(UIScale.scale(12f));
        boolean live = observed.filter(Observed::live).isPresent();
        String what = observed.filter(one -> one.source() instanceof RecordedView).isPresent() ? "RECORDING"
                : observed.filter(Observed::playback).isPresent() ? "POLICY" : "LIVE";
        Color dot = live ? new Color(0x3ECF8E) : new Color(0xF5A524);
        String text = live ? what + String.format(Locale.ROOT, "   step %,d", now.step)
                : String.format(Locale.ROOT, "REWOUND   %.1f s ago   step %,d", now.age, now.step);
        OverlayCard.pill(drawing, margin, margin, plain.deriveFont(Font.BOLD), dot, text);
        now.card.ifPresent(card -> card.paint(drawing, getWidth() - margin, margin, mono, plain));
        now.pixels.ifPresent(image -> paintInset(drawing, image, plain));
    }

    private void paintInset(Graphics2D drawing, BufferedImage image, Font font) {
        int margin = UIScale.scale(MARGIN);
        int size = Math.min(UIScale.scale(INSET), getHeight() / 3);
        int width = size * image.getWidth() / image.getHeight();
        int x = getWidth() - margin - width;
        int y = getHeight() - margin - size;
        drawing.setColor(new Color(0x16, 0x19, 0x1E, 205));
        int label = drawing.getFontMetrics(font).getHeight() + 4;
        drawing.fillRoundRect(x - 4, y - label, width + 8, size + label + 4, 10, 10);
        drawing.drawImage(image, x, y, width, size, null);
        drawing.setColor(new Color(0xF2F4F7));
        drawing.setFont(font);
        String extent = image.getWidth() + "×" + image.getHeight();
        String whole = "what the policy sees · " + extent;
        drawing.drawString(drawing.getFontMetrics().stringWidth(whole) > width ? extent : whole, x, y - 6);
    }

    private final class Mouse extends MouseAdapter {

        private MouseEvent pressed;
        private MouseEvent last;
        private boolean moved;

        @Override
        public void mousePressed(MouseEvent event) {
            requestFocusInWindow();
            pressed = event;
            last = event;
            moved = false;
            if (pulls(event)) {
                find(event, true);
            }
        }

        private boolean pulls(MouseEvent event) {
            return SwingUtilities.isLeftMouseButton(event) && (event.isControlDown() || pullMode);
        }

        private void find(MouseEvent event, boolean pull) {
            double scale = scale();
            painter.pick(event.getX() * scale, event.getY() * scale, found -> EventQueue.invokeLater(() -> {
                pick(found);
                boolean able = observed.filter(each -> each.watch().subject().pushable() && each.live()).isPresent();
                if (pull && pressed == event && found.isPresent() && able) {
                    pulling = true;
                    pull(last);
                }
            }));
        }

        private void pull(MouseEvent event) {
            Frame now = frame;
            if (picked.isEmpty() || now.sample.isEmpty() || observed.isEmpty()) {
                return;
            }
            Picked body = picked.get();
            double scale = scale();
            Vector3 target = Painter.point(camera, now.sample.get(), now.tiles, body.tile(), event.getX() * scale,
                    event.getY() * scale, body.depth());
            var pull = new Pull(now.sample.get().subject().watched()[body.tile()], body.body(), body.grip(), target,
                    STIFFNESS, DAMPING);
            observed.get().watch().pull(Optional.of(pull));
            painter.pull(Optional.of(pull));
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            if (pressed == null) {
                return;
            }
            double dx = event.getX() - last.getX();
            double dy = event.getY() - last.getY();
            moved |= Math.hypot(event.getX() - pressed.getX(), event.getY() - pressed.getY()) > CLICK;
            last = event;
            if (pulling) {
                pull(event);
            } else if (pulls(pressed)) {
                return; // the body has yet to be found, or there is none
            } else if (SwingUtilities.isLeftMouseButton(event) && !event.isShiftDown()) {
                camera.turn(dx, dy);
            } else {
                camera.shift(dx, dy, frame.tiles.height() / scale());
            }
            painter.touch();
        }

        @Override
        public void mouseReleased(MouseEvent event) {
            if (pressed != null && !moved && SwingUtilities.isLeftMouseButton(event) && !pulls(pressed)) {
                find(event, false);
            }
            pressed = null;
            release();
        }

        @Override
        public void mouseClicked(MouseEvent event) {
            if (event.getClickCount() == 2) {
                camera.reset();
                painter.touch();
            }
        }

        @Override
        public void mouseWheelMoved(MouseWheelEvent event) {
            camera.zoom(-event.getPreciseWheelRotation());
            painter.touch();
        }
    }
}
