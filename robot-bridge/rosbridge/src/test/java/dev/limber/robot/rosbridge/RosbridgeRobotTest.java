package dev.limber.robot.rosbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.testing.robot.RobotContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RosbridgeRobotTest extends RobotContract {

    private RosbridgeEmulator emulator;

    @BeforeEach
    void serve() throws IOException {
        emulator = new RosbridgeEmulator(List.of("shoulder", "elbow"));
    }

    @AfterEach
    void end() {
        emulator.close();
    }

    @Override
    protected Robot robot() {
        return robot(Map.of());
    }

    private Robot robot(Map<String, Object> more) {
        var values = new java.util.HashMap<String, Object>(Map.of("joints", "shoulder:-2:2,elbow:-1:1", "cycle", 0.2));
        values.putAll(more);
        return new RosbridgeRobotFactory().create(emulator.address(), Options.of(values));
    }

    @Override
    protected double tolerance() {
        return 1e-12;
    }

    @Override
    protected boolean unplug() {
        try {
            emulator.unplug();
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, Object> heard(String op, String topic) {
        return emulator.heard().stream()
                .filter(message -> op.equals(message.get("op")) && topic.equals(message.get("topic")))
                .reduce((first, last) -> last).orElseThrow();
    }

    private void awaitPosition(String joint, double position) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (emulator.position(joint) != position) {
                LockSupport.parkNanos(1_000_000);
            }
        });
    }

    @Test
    void ros2TrajectoriesReachTheController() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            robot.send(new double[] {0.5, -0.5}, new double[2]);
            awaitPosition("elbow", -0.5);
            JointStates states = JointStates.ofJoints(2);
            robot.read(states);
            assertEquals(0.5, states.positions()[0]);
        }
        assertEquals("sensor_msgs/msg/JointState", heard("subscribe", "/joint_states").get("type"));
        String topic = "/joint_trajectory_controller/joint_trajectory";
        assertEquals("trajectory_msgs/msg/JointTrajectory", heard("advertise", topic).get("type"));
        assertTrue(heard("publish", topic).toString().contains("time_from_start={"),
                heard("publish", topic).toString());
        assertTrue(heard("publish", topic).toString().contains("nanosec=200000000"));
    }

    @Test
    void ros1ArraysReachTheController() {
        try (Robot robot = robot(Map.of("ros", 1, "command", "array", "topic", "/group_position_controller/command"))) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            robot.send(new double[] {1.5, 9}, new double[2]);
            awaitPosition("shoulder", 1.5);
            assertEquals(1, emulator.position("elbow"), "held at its limit");
        }
        assertEquals("sensor_msgs/JointState", heard("subscribe", "/joint_states").get("type"));
        assertEquals("std_msgs/Float64MultiArray",
                heard("advertise", "/group_position_controller/command").get("type"));
    }

    @Test
    void silenceIsATimeoutThatNamesTheJoint() {
        try (Robot robot = robot(Map.of("cycle", 0.05))) {
            robot.connect();
            emulator.fallSilent();
            JointStates states = JointStates.ofJoints(2);
            var failure = assertThrows(RobotException.class, () -> {
                while (true) { // one may be on its way
                    robot.read(states);
                }
            });
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(failure.getMessage().contains("joint 'shoulder'"), failure.getMessage());
        }
    }

    @Test
    void stoppingRepeatsTheLastCommandAlsoWhereNothingIsMeasuredAnyMore() {
        StopWay[] hold = {StopWay.HOLD, StopWay.DAMP};
        try (Robot robot = robot(Map.of("cycle", 0.05))) {
            robot.connect();
            robot.stop(hold);
            robot.enable(CommandMode.POSITION);
            robot.send(new double[] {0.5, -0.5}, new double[2]);
            awaitPosition("elbow", -0.5);
            emulator.fallSilent();
            robot.stop(hold);
            robot.stop(hold);
        }
        List<String> published = emulator.heard().stream().filter(message -> "publish".equals(message.get("op")))
                .map(Object::toString).toList();
        int driven = 0;
        while (!published.get(driven).contains("[0.5, -0.5]")) {
            assertTrue(published.get(driven++).contains("[0.25, 0.25]"), published.toString());
        }
        assertTrue(published.subList(driven, published.size()).stream().allMatch(text -> text.contains("[0.5, -0.5]")),
                published.toString());
    }

    @Test
    void jointThatIsNeverMeasuredIsNamed() {
        try (Robot robot = robot(Map.of("joints", "shoulder,knee"))) {
            var failure = assertThrows(RobotException.class, robot::connect);
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(failure.getMessage().contains("joint 'knee'"), failure.getMessage());
        }
    }

    @Test
    void nobodyThereIsOneLine() throws IOException {
        emulator.close();
        try (Robot robot = robot()) {
            var failure = assertThrows(RobotException.class, robot::connect);
            assertEquals(Kind.DISCONNECTED, failure.kind());
            assertTrue(failure.getMessage().startsWith("no rosbridge server answers at ws://127.0.0.1:"),
                    failure.getMessage());
            assertFalse(failure.getMessage().contains("\n"));
        }
    }

    @Test
    void garbageBetweenMessagesDoesNoHarm() throws IOException {
        var random = new SeededRandom(5);
        String good = "{\"op\":\"publish\",\"topic\":\"/joint_states\",\"msg\":{\"name\":[\"shoulder\",\"elbow\"],\"position\":[0.25,0.25]}}";
        try (Robot robot = robot()) {
            robot.connect();
            JointStates states = JointStates.ofJoints(2);
            for (int i = 0; i < 2000; i++) {
                var text = new StringBuilder(good);
                for (int j = random.nextInt(6); j >= 0; j--) {
                    text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
                }
                emulator.say(text.substring(0, random.nextInt(text.length() + 1)));
            }
            robot.read(states);
            assertTrue(Double.isFinite(states.positions()[0]));
        }
    }

    @Test
    void reconnectsAfterAnUnpluggedCable() {
        try (Robot robot = robot()) {
            robot.connect();
            unplug();
            JointStates states = JointStates.ofJoints(2);
            assertThrows(RobotException.class, () -> {
                while (true) {
                    robot.read(states);
                }
            });
            robot.connect();
            robot.read(states);
            assertEquals(0.25, states.positions()[1]);
        }
    }

    @Test
    void badAddressesAndJointsAreOneLine() {
        var factory = new RosbridgeRobotFactory();
        assertTrue(assertThrows(UsageException.class,
                () -> factory.create("http://x", Options.of(Map.of("joints", "a")))).getMessage()
                        .contains("HOST:PORT"));
        assertTrue(assertThrows(UsageException.class, () -> factory.create("host", Options.defaults())).getMessage()
                .contains("set joints="));
        assertTrue(assertThrows(UsageException.class,
                () -> factory.create("host", Options.of(Map.of("joints", "a:1")))).getMessage().contains("'a:1'"));
    }
}
