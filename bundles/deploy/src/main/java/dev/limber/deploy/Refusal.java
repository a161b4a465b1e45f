package dev.limber.deploy;

/// A jar is not taken.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /// What becomes of it.
    enum Kind {
        /// It is moved away: as it is it will never work.
        BROKEN,
        /// It is moved away, and the runner has told its users already.
        REFUSED_BY_USERS,
        /// It stays where it is: other bundles may bring what it needs.
        WAITING
    }

    private final transient Kind kind;

    Refusal(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
