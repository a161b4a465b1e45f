package dev.limber.robot.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Color;
import dev.limber.api.render.Scene;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.RecordedView;
import dev.limber.api.session.RecordingSummary;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.api.watch.Watchable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McapRecordingsTest {

    @TempDir
    Path folder;

    private final McapRecordings recordings = new McapRecordings();

    private static void at(JointStates states, double seconds, double... positions) {
        states.nanoTime()[0] = 7_000_000_000L + Math.round(seconds * 1e9);
        System.arraycopy(positions, 0, states.positions(), 0, positions.length);
    }

    @Test
    void replaySendsTheRecordedCommandsAgain() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 2000, 3);
        List<Cycle> cycles = Sessions.cycles(2000, 3);
        JointStates states = JointStates.ofJoints(2);
        double[] wanted = new double[2];
        try (Controller replay = recordings.replay(file, Sessions.arm(), CommandMode.POSITION)) {
            double[] first = cycles.get(10).sent();
            at(states, 0, first);
            replay.reset(states);
            long start = cycles.get(10).times()[1];
            for (Cycle cycle : cycles.subList(10, cycles.size())) {
                // It stands at the first position already, so that going there takes half a second.
                at(states, 0.5 + (cycle.times()[1] - start) / 1e9, first);
                replay.control(states, wanted);
                for (int i = 0; i < 2; i++) {
                    assertEquals(cycle.sent()[i], wanted[i], 1e-9);
                }
            }
            at(states, 1e3, first);
            replay.control(states, wanted);
            assertEquals(cycles.getLast().sent()[0], wanted[0], 0, "stays at the end");
        }
    }

    @Test
    void replayBeginsWhereTheRobotStandsAndGoesToTheTrackSlowly() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 2000, 3);
        JointStates states = JointStates.ofJoints(2);
        double[] wanted = new double[2];
        double[] before = {-1.5, 2.5};
        try (Controller replay = recordings.replay(file, Sessions.arm(), CommandMode.POSITION)) {
            at(states, 0, before);
            replay.reset(states);
            replay.control(states, wanted);
            assertEquals(-1.5, wanted[0]);
            assertEquals(2.5, wanted[1]);
            for (int i = 1; i < 5000; i++) {
                at(states, i * Sessions.PERIOD, -1.5, 2.5);
                replay.control(states, wanted);
                for (int j = 0; j < 2; j++) {
                    double velocity = Math.abs(wanted[j] - before[j]) / Sessions.PERIOD;
                    // The track itself moves with up to 2.1 rad/s and is rounded to steps of 1.5 mrad.
                    assertTrue(velocity < 2.1 + 0.0016 / Sessions.PERIOD * 1.2,
                            "joint " + j + " at " + velocity + " rad/s");
                    before[j] = wanted[j];
                }
            }
        }
    }

    @Test
    void replayTakesTheRobotsOrderOfJointsAndRefusesJointsItHasNot() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 500, 3);
        List<Joint> joints = Sessions.arm().joints();
        var swapped = new RobotSpec("arm", List.of(joints.get(1), joints.get(0)), Set.of(CommandMode.POSITION), 0.01,
                new DriveWatchdog.None());
        JointStates states = JointStates.ofJoints(2);
        double[] wanted = new double[2];
        try (Controller replay = recordings.replay(file, swapped, CommandMode.POSITION)) {
            replay.reset(states);
            at(states, 1e3);
            replay.control(states, wanted);
            double[] last = Sessions.cycles(500, 3).getLast().sent();
            assertEquals(last[1], wanted[0]);
            assertEquals(last[0], wanted[1]);
        }
        var other = new RobotSpec("leg", List.of(new Joint("knee", -1, 1, 1, 1, 1, true)),
                Set.of(CommandMode.POSITION), 0.01, new DriveWatchdog.None());
        assertEquals("the recording has no joint 'knee', only shoulder, elbow",
                assertThrows(UsageException.class, () -> recordings.replay(file, other, CommandMode.POSITION))
                        .getMessage());
        assertThrows(UsageException.class, () -> recordings.replay(file, Sessions.arm(), CommandMode.VELOCITY));
    }

    @Test
    void summaryCountsWhatHappened() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 1000, 3);
        RecordingSummary summary = recordings.summary(file);
        assertEquals(1000, summary.cycles());
        assertEquals(990, summary.running());
        assertEquals(10, summary.missed());
        assertEquals(0, summary.unrecorded());
        assertEquals(List.of(990L, 990L), summary.clipped());
        assertEquals(3, summary.events().size());
        assertEquals(2.0, summary.seconds(), 1e-3);
        assertEquals(Optional.empty(), summary.damage());
    }

    @Test
    void demonstrationHasALineForEachRunningCycle() throws IOException {
        Path file = Sessions.record(folder.resolve("a.mcap"), 1000, 3);
        Path csv = folder.resolve("a.csv");
        assertEquals(990, recordings.writeDemonstration(file, csv));
        List<String> lines = Files.readAllLines(csv);
        assertEquals(991, lines.size());
        assertEquals("time,position.shoulder,position.elbow,velocity.shoulder,velocity.elbow,effort.shoulder,"
                + "effort.elbow,action.shoulder,action.elbow", lines.getFirst());
        Cycle cycle = Sessions.cycles(1000, 3).get(500);
        String[] values = lines.get(1 + 490).split(",");
        assertEquals(cycle.measured().positions()[1], Double.parseDouble(values[2]));
        assertEquals("", values[5], "an effort that is not measured is empty");
        assertEquals(cycle.sent()[1], Double.parseDouble(values[8]));
        assertThrows(UsageException.class, () -> recordings.writeDemonstration(file, csv));
    }

    @Test
    void comparisonDrawsBothRecordings() throws IOException {
        Path a = Sessions.record(folder.resolve("a.mcap"), 1000, 3);
        Path b = Sessions.record(folder.resolve("b.mcap"), 1500, 4);
        Path picture = folder.resolve("ab.png");
        recordings.compare(List.of(a, b), picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertEquals(2 * ComparisonPicture.JOINT_HEIGHT, image.getHeight());
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int colour : new int[] {0xFF0072B2, 0xFFD55E00}) {
            assertTrue(Arrays.stream(pixels).filter(pixel -> pixel == colour).count() > 100,
                    Integer.toHexString(colour));
        }
    }

    @Test
    void playingShowsTheCyclesInOrderAndEnds() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 1000, 3);
        List<Cycle> cycles = Sessions.cycles(1000, 3);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try (RecordedView view = recordings.play(file, Optional.empty())) {
                view.pause();
                try (Watch watch = view.watch(new WatchSpec(new int[] {0}, 1e9, 2000))) {
                    view.pace(Watchable.UNLIMITED);
                    view.proceed();
                    var sample = new Sample(watch.subject());
                    long last = -1;
                    int seen = 0;
                    while (watch.live() || seen == 0) {
                        LockSupport.parkNanos(1_000_000);
                        while (watch.read(sample)) {
                            assertTrue(sample.step() > last);
                            last = sample.step();
                            seen++;
                            Cycle cycle = cycles.get((int) last);
                            assertEquals(cycle.measured().positions()[1], sample.states()[1]);
                            assertEquals((float) cycle.sent()[0], sample.actions()[0]);
                        }
                    }
                    assertTrue(view.ended());
                    assertEquals(999, last);
                }
            }
        });
    }

    @Test
    void aModelsBodiesStandWhereItsJointsPutThem() {
        var inertia = ModelSpec.Inertia.sphere(1, 0.1);
        var shoulder = new Body("upper", Optional.empty(), new Vector3(0, 0, 1), Quaternion.IDENTITY,
                new ModelSpec.Joint("shoulder", ModelSpec.Joint.Type.HINGE, Vector3.Y, -3, 3, 0, 0), inertia,
                List.of());
        var elbow = new Body("lower", Optional.of("upper"), new Vector3(2, 0, 0), Quaternion.IDENTITY,
                new ModelSpec.Joint("elbow", ModelSpec.Joint.Type.SLIDE, Vector3.X, -3, 3, 0, 0), inertia, List.of());
        var model = new ModelSpec("arm", List.of(shoulder, elbow), List.of(), List.of());
        Scene scene = Scene.of(model, Color.of(0)).build();
        ModelPoses poses = ModelPoses.of(model, scene, List.of("elbow", "shoulder")).orElseThrow();
        double[] written = new double[2 * Scene.POSE];
        poses.write(new double[] {0.5, Math.PI / 2}, written);
        // A quarter turn about y takes x to -z: the upper arm hangs down and the lower one is 2.5 below the shoulder.
        double half = Math.sqrt(0.5);
        double[] expected = {0, 0, 1, 0, half, 0, half, 0, 0, -1.5, 0, half, 0, half};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], written[i], 1e-12, "number " + i);
        }
    }
}
