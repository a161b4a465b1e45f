package dev.limber.renderer.opengl;

import dev.limber.api.render.RendererGoneException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// The thread that owns the context and does all work on it, in the order in which it is handed over.
final class GlThread {

    /// Mesa's, where every look into a shadow map counts.
    private static final String SOFTWARE = "llvmpipe";

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Thread thread;
    private final GlPrograms programs;
    private String device = "OpenGL";
    private Optional<String> problem = Optional.empty();
    private boolean started;
    private boolean ended;
    private volatile boolean gone;

    /// Opens the context; whether that went well is said by [#problem].
    ///
    /// @param givesWay whether the calling thread gives way to others, as this one and those of the driver then do
    GlThread(boolean givesWay) {
        thread = Thread.ofPlatform().daemon().name(givesWay ? "limber-opengl-background" : "limber-opengl")
                .start(() -> run(givesWay));
        synchronized (this) {
            while (!started) {
                pause();
            }
            programs = new GlPrograms(!device.contains(SOFTWARE));
        }
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException nobodysBusiness) {
            // What is waited for always comes, and callers are to find their work done.
        }
    }

    synchronized String device() {
        return device;
    }

    synchronized Optional<String> problem() {
        return problem;
    }

    GlPrograms programs() {
        return programs;
    }

    /// True when nothing can be done any more.
    boolean gone() {
        return gone;
    }

    /// Hands work over; it must not throw.
    synchronized void start(Runnable task) {
        if (ended) {
            throw new RendererGoneException("the OpenGL renderer has stopped");
        }
        work.add(task);
        notifyAll();
    }

    /// Does what was handed over, frees `GlResources` and closes the context.
    void end() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(boolean givesWay) {
        try (EglContext context = EglContext.open(givesWay)) {
            started(context.device(), Optional.empty());
            while (true) {
                Runnable task;
                synchronized (this) {
                    while (work.isEmpty() && !ended) {
                        pause();
                    }
                    if (work.isEmpty()) {
                        gone = true;
                        return;
                    }
                    task = work.remove();
                }
                task.run();
            }
        } catch (UnavailableException none) {
            gone = true;
            started("OpenGL", Optional.of(none.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            gone = true;
            started("OpenGL", Optional.of("the driver failed: " + e.toString().lines().findFirst().orElse("")));
        }
    }

    private synchronized void started(String found, Optional<String> why) {
        device = found;
        problem = why;
        started = true;
        ended |= why.isPresent();
        notifyAll();
    }
}
