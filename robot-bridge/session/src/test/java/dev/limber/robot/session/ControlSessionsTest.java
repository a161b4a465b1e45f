package dev.limber.robot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.robot.Robot;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;

@Timeout(60)
class ControlSessionsTest {

    private static final long PATIENCE_SECONDS = 8;

    private final ControlSessions sessions = new ControlSessions(answering(BundleContext.class, Map.of()),
            answering(Catalog.class, Map.of("options", Options.defaults())));
    private final CountDownLatch told = new CountDownLatch(2);
    private final Queue<Boolean> together = new ConcurrentLinkedQueue<>();

    /// Answers calls by the name of the method; others with nothing.
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }

    /// A robot whose driver does not come back from a stop until both robots have been told to.
    private Robot waitingForTheOther() {
        var robot = new MemoryRobot();
        var first = new AtomicBoolean(true);
        robot.onStop = () -> {
            if (first.getAndSet(false)) {
                told.countDown();
                try {
                    together.add(told.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Optional.empty();
        };
        return robot;
    }

    @Test
    void theEndOfTheBundleStopsAllRobotsAtTheSameTime() {
        sessions.addRobot((address, options) -> waitingForTheOther(), Map.of(Plugin.NAME, "memory"));
        for (String address : List.of("a", "b")) {
            RobotSession session = sessions.open(SessionSpec.of("memory", address).rate(250).stall(10).ramp(0)
                    .realTimePriority(0).build(), SessionListener.NONE);
            session.connect();
            session.calibrate();
            session.arm();
        }
        sessions.close();
        assertEquals(List.of(true, true), List.copyOf(together));
        assertEquals(List.of(), sessions.sessions());
    }
}
