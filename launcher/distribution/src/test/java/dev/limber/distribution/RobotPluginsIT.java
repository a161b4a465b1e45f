package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.GoalLog.Goal;
import dev.limber.robot.testing.Rig;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/// Plug-ins that go or are replaced while they drive: the real framework, the real driver, emulated servos on a pseudo-terminal.
///
/// The framework has its own classes of the contracts, so that the session is spoken to by reflection.
@Timeout(120)
class RobotPluginsIT {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));
    private static final String DRIVER = "dev.limber.robot.dynamixel";
    /// Any plug-in that is none of the session's own; the controller is made of its classes.
    private static final String OWNER = "dev.limber.robot.teleoperation";
    private static final long PATIENCE = 30_000_000_000L;
    private static final double LARGEST_STEP = 40;

    @TempDir
    static Path folder;

    /// One for all: a process loads the serial library once.
    private static Platform platform;

    private final GoalLog log = new GoalLog();
    private EmulatedRobot device;
    private Object session;

    @BeforeAll
    static void startBundles() throws Exception {
        platform = Platform.start(HOME, folder.resolve("deploy"), StartLevel.COMMANDS);
    }

    @AfterAll
    static void stopBundles() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void drive() throws Exception {
        device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()).with(log), new JBulletEngine());
        var references = platform.context().getAllServiceReferences("dev.limber.api.session.RobotSessions", null);
        Object sessions = platform.context().getService(references[0]);
        ClassLoader api = bundle("dev.limber.api").adapt(BundleWiring.class).getClassLoader();
        Object builder = api.loadClass("dev.limber.api.session.SessionSpec")
                .getMethod("of", String.class, String.class).invoke(null, "dynamixel", device.path().toString());
        call(builder, "settings",
                Map.of("ids", "1,2", "joints", "shoulder,elbow", "baud", "4000000", "timeout", "0.2"));
        call(builder, "stall", 10.0);
        call(builder, "watchdog", 2.5);
        Object listener = Proxy.newProxyInstance(api,
                new Class<?>[] {api.loadClass("dev.limber.api.session.SessionListener")},
                (proxy, method, values) -> null);
        session = call(sessions, "open", call(builder, "build"), listener);
        call(session, "connect");
        call(session, "calibrate", Map.of(), 0.0);
        call(session, "arm");
        call(session, "run", "swing", swing(bundle(OWNER).adapt(BundleWiring.class).getClassLoader(), api));
        await("the arm moves", () -> Math.abs(device.positions()[0]) > 0.02);
    }

    @AfterEach
    void checkEverythingThatWasWritten() throws Exception {
        call(session, "close");
        device.close();
        bundle(OWNER).start();
        bundle(DRIVER).start();
        for (int id = 1; id <= 2; id++) {
            Goal before = null;
            for (Goal goal : log.goals()) {
                if (goal.id() != id || goal.register() != ControlTable.GOAL_POSITION) {
                    continue;
                }
                assertTrue(goal.value() >= 0 && goal.value() < ControlTable.TICKS_PER_TURN, goal::toString);
                Goal last = before;
                assertTrue(last == null || Math.abs(goal.value() - last.value()) <= LARGEST_STEP,
                        () -> last + " was followed by " + goal);
                before = goal;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aControllersPluginThatGoesLeavesTheRobotHeld(boolean replaced) throws Exception {
        leave(OWNER, replaced);
        await("it is held", () -> phase().equals("HOLD"));
        assertTrue(status("reason").contains(OWNER), status("reason"));
        long cycles = Long.parseLong(status("cycles"));
        await("further cycles", () -> Long.parseLong(status("cycles")) > cycles + 50);
        assertEquals("HOLD", phase());
        assertEquals(0, log.goals().stream().skip(20).filter(Goal::takesTorque).count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDriversPluginThatGoesStopsTheServosFirst(boolean replaced) throws Exception {
        leave(DRIVER, replaced);
        assertEquals("FAULT", phase());
        assertTrue(status("reason").contains("driver's plug-in was withdrawn"), status("reason"));
        List<Goal> shoulder = log.goals().stream().filter(goal -> goal.id() == 1).toList();
        int moved = 0;
        int stopped = 0;
        for (int i = 0; i < shoulder.size(); i++) {
            moved = shoulder.get(i).register() == ControlTable.GOAL_POSITION ? i : moved;
            stopped = shoulder.get(i).takesTorque() ? i : stopped;
        }
        assertTrue(stopped > moved, "the last command to the servos must be the stop");
    }

    private void leave(String plugin, boolean replaced) throws Exception {
        if (!replaced) {
            bundle(plugin).stop();
            return;
        }
        try (InputStream newer = Files.newInputStream(NewerVersion.of(plugin, "9.0.0", folder))) {
            bundle(plugin).update(newer);
        }
    }

    private static Bundle bundle(String name) {
        return Arrays.stream(platform.context().getBundles()).filter(each -> name.equals(each.getSymbolicName()))
                .findFirst().orElseThrow();
    }

    /// A controller whose class belongs to a plug-in.
    private static Object swing(ClassLoader plugin, ClassLoader api) throws ClassNotFoundException {
        int[] asked = {0};
        return Proxy.newProxyInstance(plugin, new Class<?>[] {api.loadClass("dev.limber.api.session.Controller")},
                (proxy, method, values) -> {
                    if (method.getName().equals("control")) {
                        double[] wanted = (double[]) values[1];
                        wanted[0] = 0.5 * Math.sin(0.05 * asked[0]++);
                        wanted[1] = -wanted[0];
                    }
                    return method.getReturnType() == List.class ? List.of() : null;
                });
    }

    private String phase() {
        return call(session, "phase").toString();
    }

    private String status(String what) {
        return call(call(session, "status"), what).toString();
    }

    private static Object call(Object target, String name, Object... values) {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == values.length)
                .findFirst().orElseThrow();
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(name + " failed", failed.getCause());
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    private static void await(String what, BooleanSupplier reached) {
        long patience = System.nanoTime() + PATIENCE;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - patience > 0) {
                fail("not within " + PATIENCE / 1_000_000_000 + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
