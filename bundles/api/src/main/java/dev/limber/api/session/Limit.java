package dev.limber.api.session;

/// What a limiter can hold a command back for.
public enum Limit {
    /// It was NaN or infinite: the joint is brought to rest instead.
    NOT_A_NUMBER,
    /// The joint would have left its range, now or while braking.
    POSITION,
    /// It would have moved too fast.
    VELOCITY,
    /// It would have changed its velocity too fast.
    ACCELERATION,
    /// The command itself would have changed too fast.
    RATE,
    /// It would have pushed too hard.
    EFFORT,
    /// A constraint over several joints would have been broken, now or while braking.
    WORK_SPACE
}
