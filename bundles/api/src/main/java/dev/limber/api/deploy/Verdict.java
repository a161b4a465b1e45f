package dev.limber.api.deploy;

/// Whether something was taken.
///
/// @param accepted true where it was
/// @param reason why not, one line; empty where it was, or what else there is to say
public record Verdict(boolean accepted, String reason) {

    /// Taken, and nothing to say about it.
    public static final Verdict ACCEPTED = new Verdict(true, "");

    /// Not taken.
    ///
    /// @param reason one line: what was wrong, what would be right
    public static Verdict refused(String reason) {
        return new Verdict(false, reason);
    }
}
