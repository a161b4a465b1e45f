package dev.limber.robot.recording;

/// Names in a recording: topics, schemas and metadata.
final class Topics {

    /// What was measured.
    static final String MEASURED = "/joint_states";
    /// What the controller wanted.
    static final String WANTED = "/command/wanted";
    /// What the limiter made of it.
    static final String LIMITED = "/command/limited";
    /// What the robot says was really sent.
    static final String SENT = "/command/sent";
    /// When a cycle was due, began, measured and handed its command over. The last message of each cycle.
    static final String CYCLE = "/cycle";
    /// Changes of phase and controller, faults, limits.
    static final String EVENTS = "/events";

    /// Metadata: what is recorded.
    static final String SESSION = "limber.session";
    /// Metadata: versions, limits, whatever else helps.
    static final String NOTES = "limber.notes";

    /// Metadata: who drives from then on, once for each controller.
    static final String CONTROLLER = "limber.controller";

    private Topics() {}
}
