package dev.limber.api.deploy;

import java.time.Instant;

/// A bundle as users see it.
///
/// @param name its symbolic name; the file's name where it has none
/// @param version its version; empty where it has none
/// @param state what became of it
/// @param since when it came into that state
/// @param file the file it comes from, relative to the folder `deploy` where it lies in it
/// @param sha256 of the jar, in hexadecimal; empty where it was not deployed
/// @param reason why it is not active, one line; empty where it is
public record DeployedBundle(String name, String version, State state, Instant since, String file, String sha256,
        String reason) {

    /// What became of a bundle.
    public enum State {
        /// At work.
        ACTIVE,
        /// Installed beside what runs; whether it takes over is not decided yet.
        ON_PROBATION,
        /// Waits for another bundle or service.
        WAITING,
        /// Lies in the folder and is not used, because a newer version is.
        LEFT_OUT,
        /// Was moved away.
        QUARANTINED
    }
}
