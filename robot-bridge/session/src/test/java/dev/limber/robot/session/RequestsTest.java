package dev.limber.robot.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.limber.api.plugin.UsageException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final UsageException refusal = new UsageException("not connected");
    private final Requests requests = new Requests(() -> refusal);

    @Test
    void whoAsksAfterTheEndIsRefusedAtOnceAndNotLeftWaiting() {
        requests.end();
        assertSame(refusal, requests.ask(loop -> {}, loop -> true).exceptionNow());
    }

    @Test
    void whoWaitsAtTheEndIsRefused() {
        CompletableFuture<Void> waiting = requests.ask(loop -> {}, loop -> true);
        assertFalse(waiting.isDone());
        requests.end();
        assertSame(refusal, waiting.exceptionNow());
    }
}
