package dev.limber.launcher.gui.priority;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Starts threads for those that give way: a thread has the priority of the one that starts it, and what trains must not
/// have the window's.
public final class NormalThreads implements AutoCloseable {

    private final BlockingQueue<Runnable> starts = new LinkedBlockingQueue<>();
    private final Thread starter;

    /// Made by a thread that does not give way.
    public NormalThreads() {
        starter = Thread.ofPlatform().daemon(true).name("limber-gui-start").start(this::startAll);
    }

    private void startAll() {
        try {
            while (true) {
                starts.take().run();
            }
        } catch (InterruptedException ended) {
            // as was asked for
        }
    }

    /// Starts a thread soon. Any thread.
    public void start(String name, Runnable work) {
        starts.add(() -> Thread.ofPlatform().daemon(true).name(name).start(work));
    }

    @Override
    public void close() {
        starts.add(starter::interrupt); // once all that was asked for has been started
    }
}
