package dev.limber.robot.session.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RealTimePriorityTest {

    /// Of proc(5), counted from the state, which follows the name in parentheses.
    private static final int POLICY = 41 - 3;

    @Test
    void aThreadThatAnUrgentOneStartsIsAnOrdinaryOne() {
        var policies = new CompletableFuture<String>();
        Thread.ofPlatform().start(() -> {
            RealTimePriority.Answer answer = RealTimePriority.request(1);
            if (!answer.granted()) {
                policies.complete(answer.text());
                return;
            }
            String urgent = policy();
            Thread.ofPlatform().start(() -> {
                String started = policy();
                policies.complete("urgent " + urgent + ", started " + started);
            });
        });
        String told = policies.join();
        Assumptions.assumeTrue(told.startsWith("urgent"), told);
        assertEquals("urgent 1, started 0", told);
    }

    @Test
    void anUrgentThreadBecomesAnOrdinaryOne() {
        var policies = new CompletableFuture<String>();
        Thread.ofPlatform().start(() -> {
            RealTimePriority.Answer answer = RealTimePriority.request(1);
            RealTimePriority.withdraw(RealTimePriority.callingThread());
            policies.complete(answer.granted() ? "now " + policy() : answer.text());
        });
        String told = policies.join();
        Assumptions.assumeTrue(told.startsWith("now"), told);
        assertEquals("now 0", told);
    }

    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY];
        } catch (IOException e) {
            return e.toString();
        }
    }
}
