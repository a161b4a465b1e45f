package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.session.RobotSession;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TypedCommandsTest {

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /// Notes what is asked of it; whoever asks it to stop waits.
    private RobotSession session(CountDownLatch atRest) {
        return (RobotSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RobotSession.class},
                (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    if (method.getName().equals("stop")) {
                        atRest.await();
                    }
                    if (method.getName().equals("arm")) {
                        throw new IllegalStateException("broken driver");
                    }
                    return null;
                });
    }

    private void type(RobotSession session, String lines) {
        new TypedCommands(session, told::add, () -> told.add("quit")).read(new BufferedReader(new StringReader(lines)));
    }

    @Test
    void anEmptyLineWaitsForNoOtherAndForgetsThoseThatWait() throws Exception {
        var atRest = new CountDownLatch(1);
        try (var typed = new PipedWriter();
                var lines = new BufferedReader(new PipedReader(typed))) {
            var commands = new TypedCommands(session(atRest), told::add, () -> {});
            Thread.ofVirtual().start(() -> commands.read(lines));
            typed.write("stop\n");
            typed.flush();
            assertEquals("stop", asked.take());
            typed.write("reset\nhold\n\n");
            typed.flush();
            assertEquals("emergencyStop", asked.take());
            atRest.countDown();
            typed.write("damp\n");
            typed.flush();
            assertEquals("damp", asked.take());
        }
    }

    @Test
    void aDriverThatThrowsIsToldAndWhatIsTypedNextCounts() throws Exception {
        type(session(new CountDownLatch(0)), "arm\nHOLD\n");
        assertEquals("limber: arm failed: java.lang.IllegalStateException: broken driver", told.take());
        assertEquals(List.of("arm", "hold"), List.of(asked.take(), asked.take()));
    }

    @Test
    void whatIsNoCommandIsNamedAndQuitEnds() throws Exception {
        type(session(new CountDownLatch(0)), "park\nquit\n");
        assertTrue(told.take().endsWith("not 'park'"));
        assertEquals("quit", told.take());
        assertTrue(asked.isEmpty());
    }
}
