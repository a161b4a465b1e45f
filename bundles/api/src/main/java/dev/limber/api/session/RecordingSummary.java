package dev.limber.api.session;

import java.util.List;
import java.util.Optional;

/// What is in a recording.
///
/// @param header what was recorded; moments are counted from the start of the session
/// @param seconds from its start to its last cycle [s]
/// @param cycles how many
/// @param running how many of them a controller drove
/// @param unanswered how many of those have no measurement: the reply was missing or bad
/// @param missed how many of them missed their deadline
/// @param unrecorded how many are missing between others, by their numbers
/// @param clipped in how many the command sent was another than wanted, by joint
/// @param events what happened
/// @param damage what is wrong with the file, one line; empty where it is whole
public record RecordingSummary(SessionHeader header, double seconds, long cycles, long running, long unanswered,
        long missed,
        long unrecorded, List<Long> clipped, List<SessionEvent> events, Optional<String> damage) {

    /// Copies the lists.
    public RecordingSummary {
        clipped = List.copyOf(clipped);
        events = List.copyOf(events);
    }
}
