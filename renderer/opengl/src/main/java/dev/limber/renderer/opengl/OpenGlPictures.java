package dev.limber.renderer.opengl;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;

/// Frames of one scene, drawn by the renderer's thread.
final class OpenGlPictures implements Pictures {

    private final PictureSpec spec;
    private final GlThread thread;
    private final GlFrame frame;
    private final double[] poses;
    private final Overlay overlay = new Overlay();
    private final Runnable draw = new Work(this::draw);
    private final Runnable readColors = new Work(this::readColors);
    private final Runnable readGreys = new Work(this::readGreys);
    private final Runnable readDepths = new Work(this::readDepths);
    private final Runnable readSegments = new Work(this::readSegments);
    private Camera camera;
    private byte[] bytes = {};
    private float[] floats = {};
    private int[] ints = {};
    private boolean busy;
    private boolean submitted;
    private boolean closed;
    private RuntimeException failure;

    OpenGlPictures(Scene scene, PictureSpec spec, GlThread thread) {
        this.spec = spec;
        this.thread = thread;
        camera = scene.camera();
        poses = new double[spec.copies() * scene.poseSize()];
        frame = new GlFrame(scene, spec, thread.programs());
        try {
            begin(new Work(frame::open));
            await();
        } catch (UsageException refused) {
            close();
            throw refused;
        }
    }

    @Override
    public PictureSpec spec() {
        return spec;
    }

    @Override
    public synchronized void submit(double[] given, Camera from, Overlay added) {
        if (given.length != poses.length) {
            throw new IllegalArgumentException(
                    given.length + " numbers given as poses, " + poses.length + " are needed");
        }
        requireOpen();
        await();
        System.arraycopy(given, 0, poses, 0, poses.length);
        camera = from;
        overlay.set(added);
        submitted = true;
        begin(draw);
    }

    private void draw() {
        frame.draw(poses, camera, overlay);
    }

    @Override
    public synchronized void colors(byte[] target) {
        requireFrame(Kind.COLOR, target.length, 3);
        bytes = target;
        begin(readColors);
        await();
    }

    private void readColors() {
        frame.readColors(bytes);
    }

    @Override
    public synchronized void greys(byte[] target) {
        requireFrame(Kind.COLOR, target.length, 1);
        bytes = target;
        begin(readGreys);
        await();
    }

    private void readGreys() {
        frame.readGreys(bytes);
    }

    @Override
    public synchronized void depths(float[] target) {
        requireFrame(Kind.DEPTH, target.length, 1);
        floats = target;
        begin(readDepths);
        await();
    }

    private void readDepths() {
        frame.readDepths(floats);
    }

    @Override
    public synchronized void segments(int[] target) {
        requireFrame(Kind.SEGMENTATION, target.length, 1);
        ints = target;
        begin(readSegments);
        await();
    }

    private void readSegments() {
        frame.readSegments(ints);
    }

    private void requireFrame(Kind kind, int given, int channels) {
        requireOpen();
        if (!spec.kinds().contains(kind)) {
            throw new IllegalStateException("pictures of " + spec.kinds() + " have no " + kind);
        }
        if (!submitted) {
            throw new IllegalStateException("no frame was submitted yet");
        }
        int needed = channels * spec.copies() * spec.width() * spec.height();
        if (given != needed) {
            throw new IllegalArgumentException("an array of " + given + " was given, " + needed + " are needed");
        }
        await();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pictures are closed");
        }
        if (thread.gone()) {
            throw new RendererGoneException("the OpenGL renderer has stopped");
        }
    }

    private synchronized void begin(Runnable task) {
        busy = true;
        try {
            thread.start(task);
        } catch (RendererGoneException gone) {
            busy = false;
            throw gone;
        }
    }

    /// Waits for what was begun and throws what it threw.
    private synchronized void await() {
        boolean interrupted = false;
        while (busy) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            RuntimeException thrown = failure;
            failure = null;
            throw thrown;
        }
    }

    /// What is done on the renderer's thread, and waited for.
    private final class Work implements Runnable {

        private final Runnable task;

        Work(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            RuntimeException thrown = null;
            try {
                task.run();
            } catch (UsageException e) {
                thrown = e;
            } catch (RuntimeException e) {
                thrown = new RendererGoneException("OpenGL failed: " + e.getMessage(), e);
            }
            done(thrown);
        }
    }

    private synchronized void done(RuntimeException thrown) {
        failure = thrown;
        busy = false;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            thread.start(frame::close);
        } catch (RendererGoneException gone) {
            frame.free(); // the context took the rest with it
        }
    }
}
