package dev.limber.robot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.fixture.InlineMind.Constant;
import dev.limber.robot.session.fixture.MemoryRobot;
import dev.limber.robot.session.realtime.Pace;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveSessionTest {

    private final MemoryRobot robot = new MemoryRobot();
    private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    private final List<LiveSession> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(LiveSession::close);
    }

    private LiveSession open(SessionSpec spec, Optional<SessionRecorder> recorder) {
        var session = new LiveSession(spec, robot, Pace.ofMachine(), header -> recorder, events::add, closed -> {});
        opened.add(session);
        return session;
    }

    private LiveSession armed(SessionSpec spec) {
        LiveSession session = open(spec, Optional.empty());
        session.connect();
        session.calibrate();
        session.arm();
        return session;
    }

    /// The machine that tests run on may stand still for longer than a robot should wait.
    private static SessionSpec.Builder spec() {
        return SessionSpec.of("memory", "0").rate(250).stall(10).controllerMisses(10_000).ramp(0).realTimePriority(0);
    }

    private SessionEvent await(Phase phase) throws InterruptedException {
        while (true) {
            SessionEvent event = events.poll(30, TimeUnit.SECONDS);
            assertTrue(event != null, "the session never was " + phase);
            if (event.phase() == phase) {
                return event;
            }
        }
    }

    private static final class Hostile implements Controller {

        private final Runnable act;

        Hostile(Runnable act) {
            this.act = act;
        }

        @Override
        public void reset(JointStates measured) {}

        @Override
        public void control(JointStates measured, double[] wanted) {
            act.run();
        }
    }

    @Test
    void aSessionGoesThroughItsPhasesAndDrivesTheRobot() throws InterruptedException {
        LiveSession session = open(spec().stopWay("hip", StopWay.HOLD).build(), Optional.empty());
        assertEquals(Phase.CLOSED, session.status().phase());
        session.connect();
        assertEquals(Phase.CONNECTED, session.phase());
        session.calibrate();
        session.arm();
        session.run("there", new Constant(new double[] {0.9, 0.4, 0}));
        while (robot.commands().isEmpty() || robot.commands().getLast()[0] != 0.9) {
            assertEquals(Phase.RUNNING, session.phase(), () -> session.status().reason());
            Thread.onSpinWait();
            Thread.yield();
        }
        session.hold();
        assertEquals(Phase.HOLD, session.phase());
        session.run("back", new Constant(new double[] {0, 0, 0}));
        session.stop();
        assertEquals(Phase.STOPPED, session.phase());
        assertEquals("stop", robot.wire().getLast().what());
        session.close();
        assertEquals("close", robot.wire().getLast().what());
        assertEquals(Phase.CLOSED, session.phase());
        var phases = events.stream().filter(event -> event.kind() == SessionEvent.Kind.PHASE).map(SessionEvent::phase)
                .toList();
        assertEquals(List.of(Phase.CONNECTED, Phase.CALIBRATED, Phase.ARMED, Phase.RUNNING, Phase.HOLD, Phase.RUNNING,
                Phase.HOLD, Phase.STOPPED, Phase.CLOSED), phases);
        assertThrows(UsageException.class, session::connect);
    }

    @Test
    void aControllerThatNeverComesBackIsAFaultAndHoldsUpNothing() throws InterruptedException {
        LiveSession session = armed(spec().controllerMisses(5).build());
        var never = new CountDownLatch(1);
        var calls = new AtomicBoolean();
        session.run("stuck", new Hostile(() -> {
            if (calls.getAndSet(true)) {
                while (true) {
                    try {
                        never.await();
                    } catch (InterruptedException ignored) {
                        // It does not care.
                    }
                }
            }
        }));
        SessionEvent fault = await(Phase.FAULT);
        assertTrue(fault.text().contains("'stuck' had no answer for 5 cycles"), fault.text());
        session.close();
        assertEquals("close", robot.wire().getLast().what());
    }

    @Test
    void aControllerThatOverflowsTheStackIsAFault() throws InterruptedException {
        LiveSession session = armed(spec().build());
        session.run("deep", new Hostile(() -> {
            throw new StackOverflowError();
        }));
        assertTrue(await(Phase.FAULT).text().contains("StackOverflowError"));
        session.reset();
        assertEquals(Phase.CONNECTED, session.phase());
    }

    @Test
    void whatAControllerKeepsAndWritesLaterNeverReachesTheLimiterOrTheRobot() throws InterruptedException {
        LiveSession session = armed(spec().build());
        var writes = new CountDownLatch(200);
        session.run("tampering", new Controller() {

            @Override
            public void reset(JointStates measured) {
                measured.positions()[0] = Double.NaN;
            }

            @Override
            public void control(JointStates measured, double[] wanted) {
                java.util.Arrays.fill(measured.positions(), Double.NaN);
                java.util.Arrays.fill(measured.velocities(), 1e30);
                Thread.ofPlatform().daemon().start(() -> {
                    java.util.Arrays.fill(wanted, 1e30);
                    writes.countDown();
                });
                java.util.Arrays.fill(wanted, -1e30);
            }
        });
        assertTrue(writes.await(30, TimeUnit.SECONDS));
        Cycle cycle = session.status().cycle();
        assertTrue(Math.abs(cycle.measured().positions()[0]) <= 1, "measured " + cycle.measured().positions()[0]);
        session.emergencyStop("test");
        await(Phase.FAULT);
        double[] last = {0.2, -0.1};
        for (double[] command : robot.commands()) {
            for (int i = 0; i < 2; i++) {
                RobotSpec.Joint joint = robot.spec().joints().get(i);
                assertTrue(command[i] >= joint.low() && command[i] <= joint.high());
                assertTrue(Math.abs(command[i] - last[i]) <= joint.maxVelocity() / 250 + 1e-9);
                last[i] = command[i];
            }
        }
    }

    @Test
    void anEmergencyStopWorksFromAnyThreadWhileARequestIsUnderWay() throws InterruptedException {
        LiveSession session = armed(spec().build());
        session.run("there", new Constant(new double[] {0.9, 0.4, 0}));
        Thread other = Thread.ofPlatform().start(() -> session.emergencyStop("gamepad"));
        assertEquals("emergency stop: gamepad", await(Phase.FAULT).text());
        other.join();
        assertEquals(1, session.status().stopTime().count());
        assertThrows(UsageException.class, session::arm);
    }

    @Test
    void aRobotThatDoesNotConnectLeavesTheSessionClosedAndSaysWhy() {
        robot.onConnect = () -> MemoryRobot.fail(RobotException.Kind.TIMEOUT);
        LiveSession session = open(spec().build(), Optional.empty());
        var refused = assertThrows(RobotException.class, session::connect);
        assertEquals("servo 2: TIMEOUT", refused.getMessage());
        assertEquals(Phase.CLOSED, session.phase());
        assertEquals(1, robot.count("close"));
        robot.onConnect = Optional::empty;
        session.connect();
        assertEquals(Phase.CONNECTED, session.phase());
    }

    @Test
    void everythingIsRecordedInOrder() throws InterruptedException {
        List<String> kept = Collections.synchronizedList(new ArrayList<>());
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        var closed = new AtomicBoolean();
        LiveSession session = open(spec().build(), Optional.of(new SessionRecorder() {

            @Override
            public void cycle(Cycle cycle) {
                numbers.add(cycle.number()[0]);
                Phase phase = Phase.values()[(int) cycle.number()[1]];
                if (kept.isEmpty() || !kept.getLast().equals("cycles " + phase)) {
                    kept.add("cycles " + phase);
                }
            }

            @Override
            public void event(SessionEvent event) {
                if (event.kind() == SessionEvent.Kind.PHASE) {
                    kept.add("to " + event.phase());
                }
            }

            @Override
            public void close() {
                closed.set(true);
            }
        }));
        session.connect();
        while (numbers.size() < 20) {
            Thread.yield();
        }
        session.calibrate();
        session.arm();
        session.stop();
        session.close();
        assertTrue(closed.get());
        assertEquals(0, session.status().unrecorded());
        for (int i = 0; i < numbers.size(); i++) {
            assertEquals(i + 1, numbers.get(i));
        }
        assertEquals(session.status().cycles(), numbers.size());
        assertTrue(kept.indexOf("to CALIBRATED") < kept.indexOf("to ARMED"));
        assertTrue(kept.indexOf("cycles CONNECTED") < kept.indexOf("to CALIBRATED"), kept.toString());
        assertEquals("to CLOSED", kept.getLast());
    }

    @Test
    void aRecorderThatFailsEndsTheRecordingAndNothingElse() throws InterruptedException {
        LiveSession session = open(spec().build(), Optional.of(new SessionRecorder() {

            @Override
            public void cycle(Cycle cycle) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public void event(SessionEvent event) {}

            @Override
            public void close() {}
        }));
        session.connect();
        SessionEvent event;
        do {
            event = events.poll(30, TimeUnit.SECONDS);
        } while (event != null && event.kind() != SessionEvent.Kind.NOTE || !event.text().contains("disk"));
        assertEquals("the recording ended early: the disk is full", event.text());
        session.calibrate();
        session.arm();
        assertEquals(Phase.ARMED, session.phase());
    }

    /// A session that takes a third of a second to come to rest from 3 rad/s.
    private LiveSession drivenSlowly(Controller controller) {
        Limits limits = Limits.of(robot.spec());
        for (Limits.JointLimits joint : limits.joints()) {
            limits = limits.with(joint.withAcceleration(9));
        }
        LiveSession session = armed(spec().mode(CommandMode.VELOCITY).limits(limits).build());
        session.run("slow", controller);
        return session;
    }

    /// Wants 3 rad/s, and fails when the hip has them.
    private static final class FailingAtSpeed implements Controller {

        @Override
        public void reset(JointStates measured) {}

        @Override
        public void control(JointStates measured, double[] wanted) {
            if (wanted[0] >= 3) {
                throw new IllegalStateException("enough");
            }
            wanted[0] = 3;
        }
    }

    /// Fails where it was told to stop, or let go, in mid-motion.
    private void assertCameToRest() {
        List<MemoryRobot.Write> motion = robot.wire().stream().dropWhile(write -> !write.what().equals("enable"))
                .skip(1).takeWhile(write -> write.what().equals("send")).toList();
        double last = 0;
        double fastest = 0;
        for (MemoryRobot.Write write : motion) {
            double velocity = write.command()[0];
            assertEquals(last, velocity, 9 / 250.0 + 1e-9, "acceleration");
            last = velocity;
            fastest = Math.max(fastest, velocity);
        }
        assertEquals(3, fastest, 1e-9);
        assertEquals(0, last, "it was still moving when it was told to stop");
    }

    @Test
    void closingWaitsUntilAFaultHasComeToRest() throws InterruptedException {
        LiveSession session = drivenSlowly(new FailingAtSpeed());
        assertTrue(await(Phase.FAULT).text().contains("enough"));
        session.close();
        assertCameToRest();
        assertEquals("close", robot.wire().getLast().what());
    }

    @Test
    void stoppingAFaultWaitsUntilItHasComeToRest() throws InterruptedException {
        LiveSession session = drivenSlowly(new FailingAtSpeed());
        await(Phase.FAULT);
        session.stop();
        assertEquals(Phase.FAULT, session.phase());
        assertCameToRest();
        session.reset();
    }

    @Test
    void allWhoStopARobotReturnOnceItIsStopped() throws InterruptedException {
        LiveSession session = drivenSlowly(new Constant(new double[] {3, 0, 0}));
        while (robot.commands().isEmpty() || robot.commands().getLast()[0] < 3) {
            LockSupport.parkNanos(1_000_000);
        }
        var first = CompletableFuture.runAsync(session::stop);
        await(Phase.HOLD);
        session.stop();
        assertEquals(Phase.STOPPED, session.phase());
        first.join();
        assertCameToRest();
    }

    @Test
    void aLoopThatStoodStillWhileARequestWaitedStopsTheRobot() throws InterruptedException {
        var standStill = new AtomicReference<Optional<Runnable>>(Optional.empty());
        var lost = new AtomicLong();
        Pace machine = Pace.ofMachine();
        var session = new LiveSession(spec().build(), robot, new Pace() {

            @Override
            public long nanoTime() {
                return machine.nanoTime() + lost.get();
            }

            @Override
            public void parkUntil(long nanoTime) {
                standStill.getAndSet(Optional.empty()).ifPresentOrElse(Runnable::run,
                        () -> machine.parkUntil(nanoTime - lost.get()));
            }
        }, header -> Optional.empty(), events::add, closed -> {});
        opened.add(session);
        session.connect();
        session.calibrate();
        session.arm();
        standStill.set(Optional.of(() -> {
            Thread asking = Thread.ofPlatform().start(session::hold);
            while (asking.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            lost.set(60_000_000_000L);
        }));
        SessionEvent fault = await(Phase.FAULT);
        assertTrue(fault.text().startsWith("the loop stood still for"), fault.text());
    }

    @Test
    void aSessionThatIsNotArmedWhenTheProcessEndsIsNotArmedAnyMore() {
        LiveSession session = open(spec().build(), Optional.empty());
        session.connect();
        session.calibrate();
        session.stopWithProcess();
        assertEquals(Phase.FAULT, session.phase());
        assertThrows(UsageException.class, session::arm);
        assertThrows(UsageException.class, session::reset);
        assertEquals(0, robot.count("enable"));
    }

    @Test
    void theEndOfTheProcessKeepsASessionFromConnecting() {
        LiveSession session = open(spec().build(), Optional.empty());
        session.stopWithProcess();
        assertTrue(assertThrows(UsageException.class, session::connect).getMessage().startsWith("the process ends"));
        assertEquals(0, robot.count("connect"));
    }

    @Test
    void theEndOfTheProcessWhileASessionConnectsIsKept() throws InterruptedException {
        LiveSession session = open(spec().build(), Optional.empty());
        robot.onConnect = () -> {
            session.triggerWithProcess();
            return Optional.empty();
        };
        session.connect();
        assertEquals("emergency stop: end of the process", await(Phase.FAULT).text());
        assertThrows(UsageException.class, session::calibrate);
    }

    @Test
    void theEndOfTheProcessStopsTheRobot() throws InterruptedException {
        LiveSession session = armed(spec().build());
        session.run("there", new Constant(new double[] {0.9, 0.4, 0}));
        session.stopWithProcess();
        assertEquals(Phase.FAULT, session.phase());
        assertEquals("stop", robot.wire().getLast().what());
        assertTrue(events.stream().anyMatch(event -> event.text().equals("emergency stop: end of the process")));
    }

    @Test
    void aControllerWhosePluginGoesMayNotDriveAnyLonger() throws InterruptedException {
        LiveSession session = armed(spec().build());
        var part = new Object();
        session.run("policy", new Controller() {

            @Override
            public void reset(JointStates measured) {}

            @Override
            public void control(JointStates measured, double[] wanted) {
                wanted[0] = 0.9;
            }

            @Override
            public List<Object> parts() {
                return List.of(part);
            }
        });
        assertFalse(session.drivenBy(other -> other == session));
        assertTrue(session.drivenBy(other -> other == part));
        session.withdraw("dev.example.policy");
        assertEquals(Phase.HOLD, session.phase());
        assertEquals("plug-in dev.example.policy of the controller was withdrawn", session.status().reason());
        assertFalse(session.drivenBy(other -> other == part));
    }

    @Test
    void aControllerWhosePluginGoesBeforeItsFirstCycleNeverDrives() throws InterruptedException {
        LiveSession session = armed(spec().build());
        var measuring = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        robot.onRead = () -> {
            measuring.countDown();
            awaitQuietly(goOn);
            return Optional.empty();
        };
        measuring.await();
        var asked = new AtomicBoolean();
        var controller = new Hostile(() -> asked.set(true));
        Predicate<Object> ofPlugin = part -> part == controller;
        var running = CompletableFuture.runAsync(() -> session.run("policy", controller));
        while (!session.drivenBy(ofPlugin)) {
            Thread.onSpinWait();
        }
        var withdrawing = CompletableFuture.runAsync(() -> session.withdraw("dev.example.policy"));
        while (session.drivenBy(ofPlugin)) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        withdrawing.join();
        var refused = assertThrows(CompletionException.class, running::join).getCause();
        assertTrue(refused.getMessage().contains("'policy' may not drive: its plug-in was withdrawn"),
                refused.getMessage());
        assertEquals(Phase.ARMED, session.phase());
        assertFalse(asked.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void wrongRequestsChangeNothingAndSayWhatWouldBeRight() {
        LiveSession session = open(spec().build(), Optional.empty());
        assertThrows(UsageException.class, session::arm);
        session.connect();
        var refused = assertThrows(UsageException.class, session::arm);
        assertTrue(refused.getMessage().contains("cannot be armed while it is CONNECTED"), refused.getMessage());
        assertTrue(refused.getMessage().contains("must be CALIBRATED or DAMP or STOPPED"), refused.getMessage());
        assertThrows(UsageException.class, () -> session.calibrate(Map.of("nose", 0.0), 0.1));
        assertEquals(Phase.CONNECTED, session.phase());
        session.stop();
        assertEquals(Phase.CONNECTED, session.phase());
    }

    @Test
    void aStopThatAWaitingDriverSleptThroughIsCarriedOutBeforeTheLoopSleeps() throws InterruptedException {
        var asked = new AtomicBoolean();
        var overslept = new AtomicBoolean();
        Pace machine = Pace.ofMachine();
        var session = new LiveSession(spec().build(), robot, new Pace() {

            @Override
            public long nanoTime() {
                return machine.nanoTime();
            }

            @Override
            public void parkUntil(long nanoTime) {
                overslept.compareAndSet(false, asked.get() && robot.count("stop") == 0);
                machine.parkUntil(nanoTime);
            }
        }, header -> Optional.empty(), events::add, closed -> {});
        opened.add(session);
        session.connect();
        session.calibrate();
        session.arm();
        robot.onHealth = () -> {
            if (!asked.get()) {
                session.emergencyStop("key");
                LockSupport.parkNanos(1); // Takes the wake-up, as a driver does that waits for bytes.
                asked.set(true);
            }
            return Optional.empty();
        };
        await(Phase.FAULT);
        assertFalse(overslept.get());
    }

    @Test
    void aStopWhileItConnectsIsKeptUntilItCanBeCarriedOut() throws InterruptedException {
        LiveSession session = open(spec().build(), Optional.empty());
        robot.onConnect = () -> {
            session.emergencyStop("key");
            return Optional.empty();
        };
        session.connect();
        assertEquals("emergency stop: key", await(Phase.FAULT).text());
        robot.onConnect = Optional::empty;
        session.reset();
        assertEquals(Phase.CONNECTED, session.phase());
    }

    @Test
    void theEndOfTheProcessStopsARobotThatIsBeingArmed() throws InterruptedException {
        LiveSession session = open(spec().build(), Optional.empty());
        session.connect();
        session.calibrate();
        robot.onEnable = () -> {
            session.triggerWithProcess();
            return Optional.empty();
        };
        session.arm();
        assertEquals("emergency stop: end of the process", await(Phase.FAULT).text());
        assertEquals("stop", robot.wire().getLast().what());
        assertTrue(robot.commands().isEmpty(), "nothing was commanded between arming and the stop");
    }

    @Test
    void aLoopThatFailsInAWayNobodyThoughtOfStopsTheRobotAndGoesOn() throws InterruptedException {
        var fails = new AtomicBoolean();
        Pace machine = Pace.ofMachine();
        var session = new LiveSession(spec().build(), robot, new Pace() {

            @Override
            public long nanoTime() {
                return machine.nanoTime();
            }

            @Override
            public void parkUntil(long nanoTime) {
                if (fails.getAndSet(false)) {
                    throw new StackOverflowError("test");
                }
                machine.parkUntil(nanoTime);
            }
        }, header -> Optional.empty(), events::add, closed -> {});
        opened.add(session);
        session.connect();
        session.calibrate();
        session.arm();
        fails.set(true);
        assertEquals("the loop failed: java.lang.StackOverflowError: test", await(Phase.FAULT).text());
        assertEquals("stop", robot.wire().getLast().what());
        session.reset();
        assertEquals(Phase.CONNECTED, session.phase());
    }

    @Test
    void aControllerThatKeepsWhoeverInterruptsItDoesNotKeepTheLoop() throws InterruptedException {
        LiveSession session = armed(spec().controllerMisses(5).build());
        var end = new CountDownLatch(1);
        session.run("sticky", new Hostile(() -> new Sticky(end).stay()));
        session.emergencyStop("key");
        assertEquals("emergency stop: key", await(Phase.FAULT).text());
        session.reset();
        session.calibrate();
        session.arm();
        assertEquals(Phase.ARMED, session.phase());
        end.countDown();
    }

    /// A channel that is closed by whoever interrupts the thread that waits in it, and that cannot be closed.
    private static final class Sticky extends AbstractInterruptibleChannel {

        private final CountDownLatch end;

        Sticky(CountDownLatch end) {
            this.end = end;
        }

        void stay() {
            begin();
            awaitEnd();
        }

        @Override
        protected void implCloseChannel() {
            awaitEnd();
        }

        private void awaitEnd() {
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
