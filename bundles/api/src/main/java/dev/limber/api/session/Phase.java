package dev.limber.api.session;

/// Where a control session is. Commands reach the robot from [#ARMED] to [#DAMP] alone.
public enum Phase {
    /// Not connected.
    CLOSED,
    /// Measures, commands nothing.
    CONNECTED,
    /// Positions are known to be right: offsets and directions were checked.
    CALIBRATED,
    /// Energised; the target is where the robot stands.
    ARMED,
    /// A controller drives, within the limits.
    RUNNING,
    /// Keeps the last target.
    HOLD,
    /// Resists motion, keeps no position.
    DAMP,
    /// Brought to rest as each joint is told to; can be armed again.
    STOPPED,
    /// Something went wrong and the robot was stopped. Only an explicit reset leaves it.
    FAULT
}
