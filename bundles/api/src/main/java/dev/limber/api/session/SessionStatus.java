package dev.limber.api.session;

import dev.limber.api.robot.DriveHealth;
import java.util.Map;

/// A moment of a session.
///
/// @param phase where it is
/// @param reason why it is there, one line
/// @param controller what drives, or drove last; empty for nothing
/// @param cycle the newest cycle: what was measured, wanted and sent; a copy
/// @param health of the drives, as it was read last; a copy
/// @param limits what commands keep to; empty of joints before connecting
/// @param clips how many commands of a joint each limit has changed
/// @param cycles since connecting
/// @param missedDeadlines cycles that began a period late or more, or were not over when the next was due
/// @param lateAnswers cycles in which the controller had no answer in time
/// @param failedReplies cycles in which the robot did not answer well
/// @param unrecorded cycles that came faster than they could be recorded
/// @param wakeUp how late cycles began
/// @param cycleTime how long cycles took
/// @param stopTime how long it took from asking for an emergency stop until it was handed to the robot
/// @param realTime whether the loop has a real-time priority, or why not, one line
/// @param watchdog what the drives do when nobody talks to them, one line
/// @param dryRun true where nothing is energised or commanded
public record SessionStatus(Phase phase, String reason, String controller, Cycle cycle, DriveHealth health,
        Limits limits, Map<Limit, Long> clips, long cycles, long missedDeadlines, long lateAnswers, long failedReplies,
        long unrecorded, Latency wakeUp, Latency cycleTime, Latency stopTime, String realTime, String watchdog,
        boolean dryRun) {

    /// How times are spread [s]; all 0 where there was none.
    ///
    /// @param count how many there were
    /// @param p50 half of them took no longer
    /// @param p99 99 of 100 took no longer
    /// @param p999 999 of 1000 took no longer
    /// @param max the longest
    public record Latency(long count, double p50, double p99, double p999, double max) {

        /// Of no times.
        public static final Latency NONE = new Latency(0, 0, 0, 0, 0);
    }
}
