package dev.limber.api.session;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a recording is of.
///
/// @param robot joints and what they can do
/// @param address where the robot was, with its kind: `dynamixel:/dev/ttyUSB0`
/// @param mode what commands mean
/// @param cycleSeconds the period of the loop [s]
/// @param start when it began, by the wall clock
/// @param startNanoTime when it began, of [System#nanoTime] [ns]
/// @param notes versions, limits, the run of the policy: whatever helps to understand it later
public record SessionHeader(RobotSpec robot, String address, CommandMode mode, double cycleSeconds, Instant start,
        long startNanoTime, Map<String, String> notes) {

    /// Copies the map.
    public SessionHeader {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
