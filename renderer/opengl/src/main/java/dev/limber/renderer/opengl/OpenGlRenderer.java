package dev.limber.renderer.opengl;

import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Scene;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.propertytypes.ServiceRanking;

/// Draws scenes with OpenGL 3.3, on a graphics card or in Mesa's software, without a display. There are two contexts, one of
/// which is for threads that give way to others; each is opened when it is first asked for anything.
@Component
@Plugin(name = "opengl", description = "OpenGL 3.3 without a display: graphics cards, or Mesa in software")
@ServiceRanking(100)
public final class OpenGlRenderer implements Renderer {

    /// By whether they give way.
    private final Map<Boolean, GlThread> threads = new HashMap<>();
    private boolean stopped;

    /// The thread that draws for the calling one, from which it has its priority.
    synchronized GlThread thread() {
        if (stopped) {
            throw new RendererGoneException("the OpenGL renderer has stopped");
        }
        return threads.computeIfAbsent(Thread.currentThread().getPriority() < Thread.NORM_PRIORITY, GlThread::new);
    }

    @Override
    public String device() {
        GlThread context = thread();
        return context.problem().orElseGet(context::device);
    }

    @Override
    public Optional<String> problem() {
        return thread().problem();
    }

    @Override
    public Pictures open(Scene scene, PictureSpec spec) {
        GlThread context = thread();
        context.problem().ifPresent(why -> {
            throw new UsageException("the OpenGL renderer cannot draw here: " + why);
        });
        return new OpenGlPictures(scene, spec, context);
    }

    /// Closes the contexts; pictures that are still open cannot be drawn any more.
    @Deactivate
    public synchronized void stop() {
        stopped = true;
        threads.values().forEach(GlThread::end);
    }
}
