package dev.limber.experiment.render;

import dev.limber.api.render.Camera;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;

/// Pictures that go on with another renderer where theirs goes: they keep the last frame that was submitted, and submit
/// it again.
final class LastingPictures implements Pictures {

    private static final System.Logger LOG = System.getLogger(LastingPictures.class.getName());
    /// How many renderers may go during one call.
    private static final int ATTEMPTS = 3;

    private final InstalledRenderers renderers;
    private final Scene scene;
    private final PictureSpec spec;
    private final String wanted;
    private final double[] poses;
    private final Overlay overlay = new Overlay();
    private Camera camera;
    private boolean submitted;
    private boolean closed;
    private InstalledRenderers.Opened opened;

    LastingPictures(InstalledRenderers renderers, Scene scene, PictureSpec spec, String wanted) {
        this.renderers = renderers;
        this.scene = scene;
        this.spec = spec;
        this.wanted = wanted;
        camera = scene.camera();
        poses = new double[spec.copies() * scene.poseSize()];
        opened = renderers.openNow(scene, spec, wanted, false);
    }

    @Override
    public PictureSpec spec() {
        return spec;
    }

    @Override
    public void submit(double[] given, Camera from, Overlay added) {
        requireOpen();
        if (given.length == poses.length) {
            System.arraycopy(given, 0, poses, 0, poses.length);
        }
        camera = from;
        overlay.set(added);
        for (int attempt = 1;; attempt++) {
            try {
                opened.pictures().submit(given, camera, overlay);
                submitted = true;
                return;
            } catch (RendererGoneException gone) {
                reopen(gone, attempt);
            }
        }
    }

    /// Reads something of the last frame, which is drawn again where its renderer has gone.
    private <T> void read(Reading<T> reading, T target) {
        requireOpen();
        for (int attempt = 1;; attempt++) {
            try {
                reading.read(opened.pictures(), target);
                return;
            } catch (RendererGoneException gone) {
                reopen(gone, attempt);
                resubmit(attempt);
            }
        }
    }

    private interface Reading<T> {
        void read(Pictures pictures, T target);
    }

    private void resubmit(int attempt) {
        if (submitted) {
            try {
                opened.pictures().submit(poses, camera, overlay);
            } catch (RendererGoneException goneToo) {
                LOG.log(System.Logger.Level.DEBUG, "renderer {0} went at once, attempt {1}", opened.name(), attempt);
            }
        }
    }

    private void reopen(RendererGoneException gone, int attempt) {
        if (attempt == ATTEMPTS) {
            throw gone;
        }
        InstalledRenderers.Opened before = opened;
        opened = renderers.openNow(scene, spec, wanted, true);
        before.pictures().close();
        LOG.log(System.Logger.Level.INFO, "pictures go on with renderer {0} after {1}: {2}", opened.name(),
                before.name(), gone.getMessage());
    }

    @Override
    public void colors(byte[] rgb) {
        read(Pictures::colors, rgb);
    }

    @Override
    public void greys(byte[] grey) {
        read(Pictures::greys, grey);
    }

    @Override
    public void depths(float[] metres) {
        read(Pictures::depths, metres);
    }

    @Override
    public void segments(int[] parts) {
        read(Pictures::segments, parts);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pictures are closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        opened.pictures().close();
    }
}
