package dev.limber.renderer.software;

import dev.limber.api.render.Camera;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;
import dev.limber.renderer.geometry.SceneGeometry;
import java.util.function.Supplier;

/// Frames of one scene, drawn by the renderer's threads. Each thread has a canvas of its own.
final class SoftwarePictures implements Pictures {

    private final PictureSpec spec;
    private final DrawingThreads threads;
    private final Supplier<Canvas> newCanvas;
    private final Canvas[] canvases;
    private final double[] poses;
    private final Overlay overlay = new Overlay();
    private final byte[] rgb;
    private final float[] depths;
    private final int[] segments;
    private Camera camera;
    private int next;
    private int running;
    private boolean submitted;
    private boolean closed;
    private boolean gone;
    private RuntimeException failure;

    SoftwarePictures(Scene scene, PictureSpec spec, DrawingThreads threads) {
        this.spec = spec;
        this.threads = threads;
        camera = scene.camera();
        var geometry = new SceneGeometry(scene, spec.height());
        canvases = new Canvas[threads.count()];
        newCanvas = () -> new Canvas(scene, spec, geometry);
        poses = new double[spec.copies() * scene.poseSize()];
        int pixels = spec.copies() * spec.width() * spec.height();
        rgb = new byte[spec.kinds().contains(Kind.COLOR) ? 3 * pixels : 0];
        depths = new float[spec.kinds().contains(Kind.DEPTH) ? pixels : 0];
        segments = new int[spec.kinds().contains(Kind.SEGMENTATION) ? pixels : 0];
        next = spec.copies();
    }

    @Override
    public PictureSpec spec() {
        return spec;
    }

    @Override
    public void submit(double[] given, Camera from, Overlay added) {
        if (given.length != poses.length) {
            throw new IllegalArgumentException(
                    given.length + " numbers given as poses, " + poses.length + " are needed");
        }
        synchronized (this) {
            requireOpen();
            next = spec.copies(); // what nobody has begun is given up
            await();
            System.arraycopy(given, 0, poses, 0, poses.length);
            camera = from;
            overlay.set(added);
            failure = null;
            next = 0;
            submitted = true;
        }
        threads.draw(this);
    }

    /// The number of a copy that is still to be drawn, or -1.
    synchronized int takeCopy() {
        if (next == spec.copies()) {
            return -1;
        }
        running++;
        return next++;
    }

    void drawCopy(int copy, int worker) {
        RuntimeException thrown = null;
        try {
            if (canvases[worker] == null) {
                canvases[worker] = newCanvas.get();
            }
            canvases[worker].draw(copy, poses, camera, overlay, rgb, depths, segments);
        } catch (RuntimeException e) {
            thrown = e;
        }
        synchronized (this) {
            failure = failure == null ? thrown : failure;
            running--;
            notifyAll();
        }
    }

    /// Called when the threads end before they have drawn the frame.
    synchronized void abandon() {
        gone = true;
        notifyAll();
    }

    private synchronized void await() {
        boolean interrupted = false;
        while (running > 0 || next < spec.copies() && !gone) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        requireOpen();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pictures are closed");
        }
        if (gone || threads.ended()) {
            throw new RendererGoneException("the software renderer has stopped");
        }
    }

    private synchronized void awaitFrame(Kind kind) {
        requireOpen();
        if (!spec.kinds().contains(kind)) {
            throw new IllegalStateException("pictures of " + spec.kinds() + " have no " + kind);
        }
        if (!submitted) {
            throw new IllegalStateException("no frame was submitted yet");
        }
        await();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void colors(byte[] target) {
        awaitFrame(Kind.COLOR);
        requireLength(target.length, rgb.length);
        System.arraycopy(rgb, 0, target, 0, rgb.length);
    }

    @Override
    public void greys(byte[] target) {
        awaitFrame(Kind.COLOR);
        requireLength(target.length, rgb.length / 3);
        for (int i = 0; i < target.length; i++) {
            // 0.299, 0.587 and 0.114 in parts of 2^16
            int sum = 19595 * (rgb[3 * i] & 0xFF) + 38470 * (rgb[3 * i + 1] & 0xFF) + 7471 * (rgb[3 * i + 2] & 0xFF);
            target[i] = (byte) (sum + 0x8000 >> 16);
        }
    }

    @Override
    public void depths(float[] target) {
        awaitFrame(Kind.DEPTH);
        requireLength(target.length, depths.length);
        System.arraycopy(depths, 0, target, 0, depths.length);
    }

    @Override
    public void segments(int[] target) {
        awaitFrame(Kind.SEGMENTATION);
        requireLength(target.length, segments.length);
        System.arraycopy(segments, 0, target, 0, segments.length);
    }

    private static void requireLength(int given, int needed) {
        if (given != needed) {
            throw new IllegalArgumentException("an array of " + given + " was given, " + needed + " are needed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        next = spec.copies();
    }
}
