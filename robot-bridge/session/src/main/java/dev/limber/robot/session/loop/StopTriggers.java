package dev.limber.robot.session.loop;

import dev.limber.robot.session.realtime.Pace;
import java.util.Optional;

/// Who wants the robot to stop at once: anybody who asks for it from any thread, or a client that has gone silent. The first one is kept until it
/// was carried out.
final class StopTriggers {

    private final Pace pace;
    private final long longestSilence;
    private volatile Optional<Trigger> pulled = Optional.empty();
    private volatile long lastHeartbeat;

    /// What was pulled, and when [ns].
    record Trigger(String name, long nanoTime) {}

    /// @param heartbeat after which silence of the client to stop [s]; 0 where no client has to be heard
    StopTriggers(Pace pace, double heartbeat) {
        this.pace = pace;
        longestSilence = Math.round(heartbeat * 1e9);
        pull("rehearsal"); // The first one that matters must not wait for a class to be loaded.
        release();
    }

    void pull(String name) {
        if (pulled.isEmpty()) {
            pulled = Optional.of(new Trigger(name, pace.nanoTime()));
        }
    }

    boolean pending() {
        return pulled.isPresent();
    }

    Optional<Trigger> pulled() {
        return pulled;
    }

    /// It was carried out.
    void release() {
        pulled = Optional.empty();
    }

    /// The client is alive.
    void heartbeat() {
        lastHeartbeat = pace.nanoTime();
    }

    /// How long the client may still be silent [ns]; [Long#MAX_VALUE] where none has to be heard.
    long patience(long now) {
        return longestSilence == 0 ? Long.MAX_VALUE : longestSilence - (now - lastHeartbeat);
    }

    /// Pulls where the client has been silent for too long.
    void listen(long now) {
        if (patience(now) <= 0) {
            pull("lost heartbeat of the client");
        }
    }
}
