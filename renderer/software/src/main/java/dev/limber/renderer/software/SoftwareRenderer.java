package dev.limber.renderer.software;

import dev.limber.api.plugin.Plugin;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/// Draws scenes in plain Java: wherever Java runs, and to the same bytes.
@Component
@Plugin(name = "software", description = "plain Java: everywhere, and the same bytes on every machine")
public final class SoftwareRenderer implements Renderer {

    private final int threadCount = Runtime.getRuntime().availableProcessors();
    private DrawingThreads threads;
    private boolean stopped;

    @Override
    public String device() {
        return "plain Java on " + threadCount + (threadCount == 1 ? " thread" : " threads");
    }

    @Override
    public synchronized Pictures open(Scene scene, PictureSpec spec) {
        if (stopped) {
            throw new RendererGoneException("the software renderer has stopped");
        }
        if (threads == null) {
            threads = new DrawingThreads(threadCount);
        }
        return new SoftwarePictures(scene, spec, threads);
    }

    /// Ends the threads; pictures that are still open cannot be drawn any more.
    @Deactivate
    public synchronized void stop() {
        stopped = true;
        if (threads != null) {
            threads.end();
        }
    }
}
