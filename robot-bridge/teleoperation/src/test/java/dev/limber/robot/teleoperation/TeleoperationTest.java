package dev.limber.robot.teleoperation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Limits.JointLimits;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.glfw.GLFW;

class TeleoperationTest {

    private static final double PERIOD = 0.01;
    private static final int RB = 5;
    private static final int B = 1;

    @TempDir
    Path folder;

    private final BlockingQueue<String> stops = new LinkedBlockingQueue<>();

    private static List<JointLimits> limits(int joints) {
        return java.util.stream.IntStream.range(0, joints)
                .mapToObj(i -> new JointLimits("j" + i, -1, 1, 2, 20, 100, 4)).toList();
    }

    /// A person who does what a test says.
    private static final class Pushing implements Operator {

        private boolean alive = true;
        private double push;

        @Override
        public boolean read(double[] deflections) {
            java.util.Arrays.fill(deflections, push);
            return alive;
        }

        @Override
        public void close() {}
    }

    private GamepadOperator operator(Gamepad gamepad) {
        return new GamepadOperator(gamepad, 0.2, RB, B, stops::add);
    }

    @Test
    void positionsMoveWithTheVelocityPushedAndStayAtTheirLimit() {
        var person = new Pushing();
        try (var controller = new TeleoperationController(person, limits(1), CommandMode.POSITION, 0.5)) {
            JointStates states = JointStates.ofJoints(1);
            double[] wanted = new double[1];
            controller.reset(states);
            person.push = 0.5;
            double before = 0;
            for (int i = 1; i <= 300; i++) {
                states.nanoTime()[0] = Math.round(i * PERIOD * 1e9);
                controller.control(states, wanted);
                // Half of half of 2 rad/s.
                assertEquals(Math.min(1, before + 0.5 * PERIOD), wanted[0], 1e-9);
                before = wanted[0];
            }
            assertEquals(1, before);
        }
    }

    @Test
    void aJointThatHasNoGreatestEffortIsRefusedAndNamed() {
        var endless = List.of(new JointLimits("hip", -1, 1, 2, 20, 100, Double.POSITIVE_INFINITY));
        String refusal = assertThrows(UsageException.class,
                () -> new TeleoperationController(new Pushing(), endless, CommandMode.EFFORT, 0.5)).getMessage();
        assertTrue(refusal.contains("joint 'hip' has no greatest effort"), refusal);
        new TeleoperationController(new Pushing(), endless, CommandMode.POSITION, 0.5).close();
    }

    @Test
    void aGamepadWhoseDriverFailsIsAnEmergencyStopAndNothingIsHeldAnyMore() throws Exception {
        var failing = new Gamepad() {
            private int polls;

            @Override
            public boolean poll(GamepadState target) {
                if (++polls > 3) {
                    throw new IllegalStateException("the driver fails");
                }
                target.buttons[RB] = true;
                return true;
            }

            @Override
            public void close() {}
        };
        try (GamepadOperator operator = operator(failing)) {
            assertEquals("the gamepad failed: the driver fails", stops.poll(10, TimeUnit.SECONDS));
            assertFalse(operator.read(new double[2]));
        }
    }

    @Test
    void nothingMovesWithoutTheDeadManButton() {
        var person = new Pushing();
        person.push = 1;
        person.alive = false;
        JointStates states = JointStates.ofJoints(1);
        for (CommandMode mode : CommandMode.values()) {
            try (var controller = new TeleoperationController(person, limits(1), mode, 1)) {
                states.positions()[0] = 0.25;
                states.nanoTime()[0] = 0;
                controller.reset(states);
                double[] wanted = {mode == CommandMode.POSITION ? 0.25 : 0};
                for (int i = 1; i < 50; i++) {
                    states.nanoTime()[0] = Math.round(i * PERIOD * 1e9);
                    controller.control(states, wanted);
                    assertEquals(mode == CommandMode.POSITION ? 0.25 : 0, wanted[0], mode.toString());
                }
            }
        }
    }

    @Test
    void targetDoesNotRunAwayFromWhatALimiterHoldsBack() {
        var person = new Pushing();
        person.push = 1;
        try (var controller = new TeleoperationController(person, limits(1), CommandMode.POSITION, 1)) {
            JointStates states = JointStates.ofJoints(1);
            controller.reset(states);
            double[] wanted = new double[1];
            for (int i = 1; i < 400; i++) {
                states.nanoTime()[0] = Math.round(i * PERIOD * 1e9);
                wanted[0] = 0; // the limiter lets nothing through
                controller.control(states, wanted);
                assertTrue(wanted[0] <= 0.2 * 2 + 2 * PERIOD + 1e-9, "ahead by " + wanted[0]);
            }
        }
    }

    @Test
    void longPauseMakesNoJump() {
        var person = new Pushing();
        person.push = 1;
        try (var controller = new TeleoperationController(person, limits(1), CommandMode.POSITION, 1)) {
            JointStates states = JointStates.ofJoints(1);
            controller.reset(states);
            double[] wanted = new double[1];
            states.nanoTime()[0] = 5_000_000_000L;
            controller.control(states, wanted);
            assertTrue(wanted[0] <= 0.1 + 1e-12, "moved by " + wanted[0]);
        }
    }

    @Test
    void sticksBeginBehindTheirDeadZoneAndThePadChoosesTheJoints() throws InterruptedException {
        var gamepad = new HandedGamepad();
        double[] deflections = new double[6];
        try (GamepadOperator operator = operator(gamepad)) {
            gamepad.show(state -> {
                state.axes[0] = 0.19;
                state.axes[1] = -1;
                state.axes[2] = 0.6;
                state.buttons[RB] = true;
            });
            assertTrue(operator.read(deflections));
            assertEquals(0, deflections[0]);
            assertEquals(1, deflections[1], "up is positive");
            assertEquals(0.5, deflections[2], 1e-12);
            assertEquals(0, deflections[4]);
            gamepad.show(state -> state.buttons[GamepadState.RIGHT] = true);
            operator.read(deflections);
            assertEquals(0, deflections[1]);
            assertEquals(1, deflections[5]);
            gamepad.show(state -> state.buttons[RB] = false);
            assertFalse(operator.read(deflections));
        }
        assertTrue(stops.isEmpty());
    }

    @Test
    void stopButtonStopsOnceAndAnUnpluggedGamepadStopsToo() throws InterruptedException {
        var gamepad = new HandedGamepad();
        try (GamepadOperator operator = operator(gamepad)) {
            gamepad.show(state -> state.buttons[RB] = true);
            gamepad.show(state -> state.buttons[B] = true);
            gamepad.show(state -> state.buttons[B] = true);
            assertEquals("gamepad button", stops.poll(10, TimeUnit.SECONDS));
            assertTrue(stops.isEmpty(), "held, not pressed again");
            gamepad.unplug();
            assertEquals("the gamepad is gone", stops.poll(10, TimeUnit.SECONDS));
            assertFalse(operator.read(new double[2]), "nobody holds the dead-man button");
        }
    }

    @Test
    void joystickEventsOfLinuxAreSticksAndButtons() throws IOException {
        var events = ByteBuffer.allocate(5 * 8).order(ByteOrder.nativeOrder());
        event(events, -32768, 0x82, 1);
        event(events, 16384, 2, 3);
        event(events, 1, 1, RB);
        event(events, -32767, 2, 6);
        event(events, 1, 1, 200);
        Path device = Files.write(folder.resolve("js0"), events.array());
        var state = new GamepadState();
        try (Gamepad gamepad = JoystickFile.open(device)) {
            for (int i = 0; i < 5; i++) {
                assertTrue(gamepad.poll(state));
            }
            assertEquals(-1, state.axes[1]);
            assertEquals(0.5, state.axes[2], 1e-4);
            assertTrue(state.buttons[RB]);
            assertTrue(state.buttons[GamepadState.LEFT]);
            assertFalse(gamepad.poll(state), "it is gone");
        }
    }

    private static void event(ByteBuffer events, int value, int type, int number) {
        events.putInt(12345).putShort((short) value).put((byte) type).put((byte) number);
    }

    @Test
    void heldKeysMoveTheirJointUntilTheyRepeatNoMore() throws IOException {
        var keys = new PipedOutputStream();
        var now = new AtomicLong(1_000_000_000);
        double[] deflections = new double[3];
        try (var in = new PipedInputStream(keys);
                var keyboard = new TerminalKeyboard(in, () -> {}, now::get, stops::add)) {
            keys.write("qS".getBytes());
            keys.flush();
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                while (!keyboard.read(deflections) || deflections[1] == 0) {
                    Thread.onSpinWait();
                }
            });
            assertEquals(1, deflections[0]);
            assertEquals(-1, deflections[1]);
            assertEquals(0, deflections[2]);
            now.addAndGet(TerminalKeyboard.REPEAT_NANOS);
            assertFalse(keyboard.read(deflections));
            assertEquals(0, deflections[0]);
        }
    }

    @Test
    void spaceBarStopsAndSoDoesATerminalThatIsGone() throws IOException, InterruptedException {
        var keys = new PipedOutputStream();
        try (var in = new PipedInputStream(keys);
                var keyboard = new TerminalKeyboard(in, () -> {}, System::nanoTime, stops::add)) {
            keys.write(' ');
            keys.flush();
            assertEquals("space bar", stops.poll(10, TimeUnit.SECONDS));
            keys.close();
            assertEquals("the terminal is gone", stops.poll(10, TimeUnit.SECONDS));
            assertFalse(keyboard.read(new double[1]));
        }
    }

    @Test
    void glfwStartsWithoutADisplayAndSaysThatThereIsNoGamepad() {
        for (int i = 0; i < 3; i++) {
            var refused = assertThrows(UsageException.class, () -> GlfwGamepad.open(GLFW.GLFW_PLATFORM_NULL).close());
            assertEquals("no gamepad is plugged in", refused.getMessage());
        }
    }

    @Test
    void windowWithoutAPersonHoldsNoDeadManButton() {
        try (var keyboard = new WindowKeyboard(GLFW.GLFW_PLATFORM_NULL, "test", stops::add)) {
            assertFalse(keyboard.read(new double[2]));
        }
        assertTrue(stops.isEmpty());
    }

    @Test
    void missingDeviceIsOneLine() {
        var refused = assertThrows(UsageException.class, () -> JoystickFile.open(folder.resolve("js7")).close());
        assertTrue(refused.getMessage().contains("js7"), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"));
    }
}
