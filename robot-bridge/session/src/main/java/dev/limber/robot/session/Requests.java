package dev.limber.robot.session;

import dev.limber.robot.session.loop.ControlLoop;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What other threads ask a loop to do between two cycles, in order. None is left waiting for a loop that has ended.
final class Requests {

    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final Supplier<RuntimeException> refusal;
    private volatile boolean ended;

    private record Request(Consumer<ControlLoop> action, CompletableFuture<Void> done) {}

    /// @param refusal what whoever asks after the end is told
    Requests(Supplier<RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /// Asks, from any thread.
    ///
    /// @return complete once it was done or refused
    CompletableFuture<Void> ask(Consumer<ControlLoop> action) {
        var request = new Request(action, new CompletableFuture<>());
        waiting.add(request);
        if (ended) { // Looked at after it was added: either this sees the end, or the end sees the request.
            refuse();
        }
        return request.done();
    }

    /// Does what was asked for, on the loop's thread.
    ///
    /// @return true where something was done
    boolean serve(ControlLoop loop) {
        boolean any = false;
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            any = true;
            try {
                request.action().accept(loop);
                request.done().complete(null);
            } catch (Throwable failed) {
                request.done().completeExceptionally(failed);
            }
            loop.stopIfAsked(); // What was done may have taken its time, and the next request may as well.
        }
        return any;
    }

    /// Refuses what waits and whatever comes from now on.
    void end() {
        ended = true;
        refuse();
    }

    private void refuse() {
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            request.done().completeExceptionally(refusal.get());
        }
    }
}
