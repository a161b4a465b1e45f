package dev.limber.launcher.gui.view;

import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.Part;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.api.render.View;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.launcher.gui.priority.GivingWay;
import dev.limber.launcher.gui.timeline.Observed;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;
import java.util.function.Consumer;

/// Draws frames of what is observed into pictures for the view, on a thread of its own: whenever there is something new,
/// at most 60 times a second and four fifths of the time, and once more with smooth edges when nothing is new for a while.
final class Painter implements AutoCloseable {

    private static final long FRAME_NANOS = 1_000_000_000 / 60;
    private static final long REST_MILLIS = 250;

    private final Renderers renderers;
    private final OrbitCamera camera;
    private final Listener listener;
    private final Thread thread;

    // What is asked for, guarded by this.
    private Optional<Observed> observed = Optional.empty();
    private int width;
    private int height;
    private boolean dirty;
    private boolean rough;
    private boolean closed;
    private Optional<Pick> pick = Optional.empty();
    private Optional<Picked> picked = Optional.empty();
    private Shown shown = Shown.AT_FIRST;

    private volatile String device = "";

    // The thread's.
    private Optional<Pictures> pictures = Optional.empty();
    private Optional<Pictures> smooth = Optional.empty();
    private Optional<Scene> opened = Optional.empty();
    private Optional<Sample> sample = Optional.empty();
    private Optional<Observed> lookedAt = Optional.empty();
    private Tiles tiles = Tiles.of(1, 1, 1);
    private byte[] rgb = {};
    private final Overlay overlay = new Overlay();
    private final Decoration decoration = new Decoration();
    private BufferedImage[] buffers = {};
    private int buffer;

    private record Pick(double x, double y, Consumer<Optional<Picked>> answer) {}

    /// Hears of frames, on the painter's thread.
    interface Listener {

        /// A frame has been drawn.
        ///
        /// @param image valid until the frame after the next
        void drawn(BufferedImage image, Tiles tiles, Sample sample);

        /// There is nothing to see.
        ///
        /// @param reason one line
        void nothing(String reason);

        /// It cannot be drawn.
        void failed(Throwable failure);
    }

    Painter(Renderers renderers, OrbitCamera camera, Listener listener) {
        this.renderers = renderers;
        this.camera = camera;
        this.listener = listener;
        thread = Thread.ofPlatform().daemon(true).name("limber-gui-view").unstarted(this::paint);
    }

    void start() {
        thread.start();
    }

    /// What draws, empty before anything has been drawn. Any thread: a renderer asked by another than this one's would begin with
    /// the priority of that.
    String device() {
        return device;
    }

    /// Draws anew. Any thread.
    synchronized void touch() {
        dirty = true;
        notifyAll();
    }

    /// Draws something else from now on.
    synchronized void observe(Optional<Observed> other) {
        observed = other;
        picked = Optional.empty();
        touch();
    }

    /// Draws so large pictures from now on [pixels].
    synchronized void size(int w, int h) {
        if (w != width || h != height) {
            width = w;
            height = h;
            touch();
        }
    }

    synchronized void show(Shown other) {
        shown = other;
        touch();
    }

    /// Highlights a body.
    synchronized void highlight(Optional<Picked> body) {
        picked = body;
        touch();
    }

    /// Shows the spring that pulls a body, or none.
    void pull(Optional<Pull> spring) {
        decoration.pull(spring);
        touch();
    }

    /// Finds out which body is at a place of the picture. The answer comes on the painter's thread.
    synchronized void pick(double x, double y, Consumer<Optional<Picked>> answer) {
        pick = Optional.of(new Pick(x, y, answer));
        touch();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// A consistent look at what is asked for.
    ///
    /// @param rest nothing has changed for a while: time for smooth edges
    private record Order(Optional<Observed> observed, int width, int height, Optional<Pick> pick,
            Optional<Picked> picked, Shown shown, boolean rest) {}

    private synchronized Optional<Order> next() throws InterruptedException {
        boolean rest = false;
        while (!closed && (!dirty && !rest || width < 2 || height < 2)) {
            wait(rough ? REST_MILLIS : 0);
            rest = rough && !dirty;
        }
        rough = dirty;
        dirty = false;
        var order = new Order(observed, width, height, pick, picked, shown, rest);
        pick = Optional.empty();
        return closed ? Optional.empty() : Optional.of(order);
    }

    private void paint() {
        GivingWay.ENTIRELY.begin();
        try {
            for (Optional<Order> order = next(); order.isPresent(); order = next()) {
                long began = System.nanoTime();
                draw(order.get());
                long took = System.nanoTime() - began;
                pause(Math.max(FRAME_NANOS - took, took / 4)); // where drawing is slow, others get some time too
            }
        } catch (InterruptedException ended) {
            // as was asked for
        } finally {
            closePictures();
        }
    }

    private synchronized void pause(long nanos) throws InterruptedException {
        if (nanos > 1_000_000 && !closed) {
            wait(nanos / 1_000_000);
        }
    }

    private void draw(Order order) {
        try {
            if (!order.observed.equals(lookedAt)) {
                lookedAt = order.observed;
                sample = Optional.empty();
                closePictures();
            }
            if (order.observed.isEmpty()) {
                listener.nothing("");
                return;
            }
            Observed what = order.observed.get();
            long moment = what.moment();
            sample = what.history().copy(moment, sample);
            if (sample.isEmpty()) {
                listener.nothing("Waiting for the first step");
                return;
            }
            Sample now = sample.get();
            Optional<Scene> scene = now.subject().scene();
            if (scene.isEmpty() || scene.get().parts().isEmpty()) {
                listener.nothing(now.subject().environment().name() + " publishes no scene");
                return;
            }
            draw(order, what, moment, now, scene.get());
        } catch (RendererGoneException gone) {
            closePictures(); // and on with another
            touch();
        } catch (UsageException unable) {
            listener.nothing(unable.getMessage());
        } catch (RuntimeException | LinkageError failure) {
            closePictures();
            listener.failed(failure);
        }
    }

    private void draw(Order order, Observed what, long moment, Sample now, Scene scene) {
        open(order, now, scene);
        if (order.rest && smooth.isEmpty()) {
            smooth = Optional.of(renderers.open(scene, pictures.orElseThrow().spec().smoothed()));
        }
        Pictures drawing = order.rest ? smooth.orElseThrow() : pictures.orElseThrow();
        overlay.clear();
        order.picked.ifPresent(each -> overlay.highlight(each.body()));
        decoration.add(overlay, order.shown, order.picked, what, moment, now, camera.camera().distance());
        drawing.submit(now.poses(), camera.camera(), overlay);
        drawing.colors(rgb);
        BufferedImage image = buffers[buffer];
        buffer = (buffer + 1) % buffers.length;
        compose(image);
        order.pick.ifPresent(each -> each.answer.accept(find(each, now, scene)));
        listener.drawn(image, tiles, now);
    }

    private void open(Order order, Sample now, Scene scene) {
        Tiles wanted = Tiles.of(now.subject().size(), order.width, order.height);
        boolean sameScene = opened.filter(each -> each == scene || each.equals(scene)).isPresent();
        boolean sameSpec = pictures.filter(each -> each.spec().shadows() == order.shown.shadows()).isPresent()
                && wanted.equals(tiles) && buffers.length > 0 && buffers[0].getWidth() == order.width
                && buffers[0].getHeight() == order.height;
        if (sameScene && sameSpec) {
            return;
        }
        if (!sameScene) {
            camera.look(scene, now.poses());
        }
        if (pictures.isEmpty() && !sameScene) {
            listener.nothing("Preparing to draw");
        }
        closePictures();
        tiles = wanted;
        PictureSpec spec = PictureSpec.of(tiles.width(), tiles.height()).withCopies(tiles.count());
        pictures = Optional.of(renderers.open(scene, order.shown.shadows() ? spec : spec.withoutShadows()));
        device = renderers.device();
        opened = Optional.of(scene);
        rgb = new byte[3 * tiles.count() * tiles.width() * tiles.height()];
        buffers = new BufferedImage[3];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = new BufferedImage(order.width, order.height, BufferedImage.TYPE_INT_RGB);
        }
    }

    private void closePictures() {
        pictures.ifPresent(Pictures::close);
        pictures = Optional.empty();
        smooth.ifPresent(Pictures::close);
        smooth = Optional.empty();

    }

    private void compose(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int from = 0;
        for (int tile = 0; tile < tiles.count(); tile++) {
            for (int row = 0; row < tiles.height(); row++) {
                int to = (tiles.y(tile) + row) * image.getWidth() + tiles.x(tile);
                for (int column = 0; column < tiles.width(); column++, from += 3) {
                    pixels[to + column] = (rgb[from] & 0xFF) << 16 | (rgb[from + 1] & 0xFF) << 8 | rgb[from + 2] & 0xFF;
                }
            }
        }
    }

    private Optional<Picked> find(Pick pick, Sample now, Scene scene) {
        int tile = tiles.at(pick.x, pick.y);
        double column = pick.x - tiles.x(tile);
        double row = pick.y - tiles.y(tile);
        if (column < 0 || row < 0 || column >= tiles.width() || row >= tiles.height()) {
            return Optional.empty();
        }
        int size = now.subject().poseSize();
        double[] poses = new double[size];
        System.arraycopy(now.poses(), tile * size, poses, 0, size);
        PictureSpec spec = PictureSpec.of(tiles.width(), tiles.height()).withoutShadows()
                .withKinds(Kind.SEGMENTATION, Kind.DEPTH);
        try (Pictures looking = renderers.open(scene, spec)) {
            looking.submit(poses, camera.camera(), Overlay.none());
            int[] segments = new int[tiles.width() * tiles.height()];
            float[] depths = new float[segments.length];
            looking.segments(segments);
            looking.depths(depths);
            int pixel = (int) row * tiles.width() + (int) column;
            int segment = segments[pixel];
            if (segment < 1 || segment > scene.parts().size()
                    || scene.parts().get(segment - 1).body() == Part.WORLD) {
                return Optional.empty();
            }
            Part part = scene.parts().get(segment - 1);
            Vector3 point = point(camera, now, tiles, tile, pick.x, pick.y, depths[pixel]);
            return Optional.of(new Picked(tile, part.body(), part.name(),
                    Poses.toBody(poses, Scene.POSE * part.body(), point), depths[pixel]));
        }
    }

    /// The point of the world at a place of the view and a depth, in the copy of a tile. Any thread.
    static Vector3 point(OrbitCamera camera, Sample now, Tiles tiles, int tile, double x, double y, double depth) {
        int size = now.subject().poseSize();
        var view = new View();
        view.look(camera.camera(), now.poses(), tile * size, (double) tiles.width() / tiles.height());
        double[] ray = new double[6];
        view.ray(x - tiles.x(tile), y - tiles.y(tile), tiles.width(), tiles.height(), ray);
        double[] m = view.view();
        double t = depth / -(m[2] * ray[3] + m[6] * ray[4] + m[10] * ray[5]);
        return new Vector3(ray[0] + t * ray[3], ray[1] + t * ray[4], ray[2] + t * ray[5]);
    }
}
