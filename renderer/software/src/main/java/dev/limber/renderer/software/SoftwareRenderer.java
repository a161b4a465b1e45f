package dev.limber.renderer.software;

import dev.limber.api.plugin.Plugin;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/// Draws scenes in plain Java: wherever Java runs, and to the same bytes. Threads that give way to others have drawing
/// threads of their own, which do so too.
@Component
@Plugin(name = "software", description = "plain Java: everywhere, and the same bytes on every machine")
public final class SoftwareRenderer implements Renderer {

    private final int threadCount = Runtime.getRuntime().availableProcessors();
    /// By whether they give way.
    private final Map<Boolean, DrawingThreads> threads = new HashMap<>();
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
        boolean givesWay = Thread.currentThread().getPriority() < Thread.NORM_PRIORITY;
        return new SoftwarePictures(scene, spec, threads.computeIfAbsent(givesWay,
                _ -> new DrawingThreads(threadCount)));
    }

    /// Ends the threads; pictures that are still open cannot be drawn any more.
    @Deactivate
    public synchronized void stop() {
        stopped = true;
        threads.values().forEach(DrawingThreads::end);
    }
}
