package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;
import dev.limber.api.session.SessionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionOptionsTest {

    private static final RobotSpec ROBOT = new RobotSpec("arm",
            List.of(new Joint("hip", -1, 1, 5, 50, 2, true), new Joint("knee-2", -2, 0.5, 8, 100, 1, true)),
            Set.of(CommandMode.POSITION), 0.001, new DriveWatchdog.None());

    private final SessionOptions options = new SessionOptions();

    @Test
    void limitsNarrowWhatTheRobotCanDo() {
        options.limits = List.of("hip.position=-0.5..0.25", "hip.velocity=2", "knee-2.effort=0.5",
                "hip.position=-0.5..");
        Limits limits = options.limits(ROBOT);
        assertEquals(-0.5, limits.joints().get(0).low());
        assertEquals(Double.POSITIVE_INFINITY, limits.joints().get(0).high());
        assertEquals(2, limits.joints().get(0).maxVelocity());
        assertEquals(0.5, limits.joints().get(1).maxEffort());
        assertThrows(UsageException.class, () -> limits.check(ROBOT));
    }

    @Test
    void workSpacesAreSumsOfJoints() {
        options.constraints = List.of("reach=hip + 0.5*knee-2:-1..1.5", "floor=-hip-1e-1*knee-2:..0");
        List<Constraint> constraints = options.limits(ROBOT).workSpace();
        assertEquals(new Constraint("reach", Map.of("hip", 1.0, "knee-2", 0.5), -1, 1.5), constraints.get(0));
        assertEquals(new Constraint("floor", Map.of("hip", -1.0, "knee-2", -0.1), Double.NEGATIVE_INFINITY, 0),
                constraints.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reach", "reach=hip", "reach=:0..1", "reach=2*:0..1", "reach=hip:0", "=hip:0..1"})
    void workSpacesThatCannotBeAreRefusedWithAnExample(String typed) {
        options.constraints = List.of(typed);
        String message = assertThrows(UsageException.class, () -> options.limits(ROBOT)).getMessage();
        assertTrue(message.contains("--keep"), message);
    }

    @Test
    void recordingsAreFilesOrNewOnesInAFolderOrNone(@TempDir Path folder) throws IOException {
        var robot = new RobotName("mock", "arm");
        options.priority = "0";
        options.record = folder.resolve("session.mcap").toString();
        assertEquals(Optional.of(folder.resolve("session.mcap")), spec(robot).recording());
        options.record = folder.resolve("sessions").toString();
        Path first = spec(robot).recording().orElseThrow();
        assertEquals(folder.resolve("sessions"), first.getParent());
        assertTrue(first.getFileName().toString().matches("mock-\\d{8}-\\d{6}\\.mcap"), first.toString());
        Files.createDirectory(first.getParent());
        Files.createFile(first);
        assertFalse(Files.exists(spec(robot).recording().orElseThrow()));
        options.record = "none";
        assertEquals(Optional.empty(), spec(robot).recording());
    }

    private SessionSpec spec(RobotName robot) {
        return options.spec(robot, CommandMode.POSITION, 100);
    }

    @Test
    void unknownJointsAndLimitsAreNamed() {
        options.limits = List.of("nose.velocity=1");
        assertTrue(
                assertThrows(UsageException.class, () -> options.limits(ROBOT)).getMessage().contains("hip, knee-2"));
        options.limits = List.of("hip.jerk=1");
        assertTrue(assertThrows(UsageException.class, () -> options.limits(ROBOT)).getMessage().contains("'jerk'"));
    }
}
