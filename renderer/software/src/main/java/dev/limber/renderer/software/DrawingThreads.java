package dev.limber.renderer.software;

import java.util.ArrayDeque;
import java.util.Queue;

/// Threads that draw the copies of frames, one copy at a time. Handing a frame over allocates nothing.
final class DrawingThreads {

    private final Queue<SoftwarePictures> waiting = new ArrayDeque<>();
    private final int count;
    private volatile boolean ended;

    DrawingThreads(int count) {
        this.count = count;
        for (int i = 0; i < count; i++) {
            int worker = i;
            Thread.ofPlatform().daemon().name("limber-software-renderer-" + i).start(() -> work(worker));
        }
    }

    int count() {
        return count;
    }

    /// Queues a frame. Its pictures must be idle.
    synchronized void draw(SoftwarePictures pictures) {
        if (ended) {
            pictures.abandon();
        } else {
            waiting.add(pictures);
            notifyAll();
        }
    }

    synchronized void end() {
        ended = true;
        for (SoftwarePictures pictures : waiting) {
            pictures.abandon();
        }
        waiting.clear();
        notifyAll();
    }

    boolean ended() {
        return ended;
    }

    private void work(int worker) {
        while (true) {
            SoftwarePictures pictures;
            int copy;
            synchronized (this) {
                while (waiting.isEmpty() && !ended) {
                    try {
                        wait();
                    } catch (InterruptedException nobodysBusiness) {
                        // Only the end of the renderer ends these threads.
                    }
                }
                if (ended) {
                    return;
                }
                pictures = waiting.element();
                copy = pictures.takeCopy();
                if (copy < 0) {
                    waiting.remove();
                    continue;
                }
            }
            pictures.drawCopy(copy, worker);
        }
    }
}
