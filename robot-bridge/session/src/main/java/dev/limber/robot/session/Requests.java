package dev.limber.robot.session;

import dev.limber.robot.session.loop.ControlLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What other threads ask a loop to do between two cycles, in order. None is left waiting for a loop that has ended.
final class Requests {

    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    /// Begun and not over yet; the loop's thread alone looks at them.
    private final List<Request> begun = new ArrayList<>();
    private final Supplier<RuntimeException> refusal;
    private volatile boolean ended;

    private record Request(Consumer<ControlLoop> action, Predicate<ControlLoop> over, CompletableFuture<Void> done) {}

    /// @param refusal what whoever asks after the end is told
    Requests(Supplier<RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /// Asks, from any thread.
    ///
    /// @param over whether what was begun is over, which may take many cycles; looked at in each of them
    /// @return complete once it is over or was refused
    CompletableFuture<Void> ask(Consumer<ControlLoop> action, Predicate<ControlLoop> over) {
        var request = new Request(action, over, new CompletableFuture<>());
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
        completeWhatIsOver(loop);
        boolean any = false;
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            any = true;
            try {
                request.action().accept(loop);
                begun.add(request);
            } catch (Throwable failed) {
                request.done().completeExceptionally(failed);
            }
            loop.stopIfAsked(); // What was done may have taken its time, and the next request may as well.
            completeWhatIsOver(loop);
        }
        return any;
    }

    private void completeWhatIsOver(ControlLoop loop) {
        for (int i = begun.size() - 1; i >= 0; i--) {
            if (begun.get(i).over().test(loop)) {
                begun.remove(i).done().complete(null);
            }
        }
    }

    /// Refuses what waits and whatever comes from now on, on the loop's thread.
    void end() {
        ended = true;
        begun.forEach(request -> request.done().completeExceptionally(refusal.get()));
        begun.clear();
        refuse();
    }

    private void refuse() {
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            request.done().completeExceptionally(refusal.get());
        }
    }
}
