package dev.limber.robot.session.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Limits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointRangesTest {

    @ParameterizedTest
    @CsvSource({"-1, 1, 1.09, 1.11", "0, Infinity, -0.04, -0.06", "-Infinity, 0, 0.04, 0.06"})
    void aJointWellBeyondItsLimitsIsNamed(double low, double high, double tolerated, double beyond) {
        var robot = new RobotSpec("lift", List.of(new Joint("lift", low, high, 5, 50, 3, true)),
                Set.of(CommandMode.POSITION), 0.001, new DriveWatchdog.Settable(0.02, 2));
        var ranges = new JointRanges(robot, Limits.of(robot));
        assertEquals("", ranges.beyond(new double[] {tolerated}).orElse(""));
        assertTrue(ranges.beyond(new double[] {beyond}).orElse("").startsWith("joint 'lift' was measured at "));
    }
}
