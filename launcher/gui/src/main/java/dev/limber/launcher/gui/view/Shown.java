package dev.limber.launcher.gui.view;

/// What is shown besides the scene.
///
/// @param frames axes of the bodies
/// @param joints axes of the joints
/// @param contacts where bodies touch, and with which force
/// @param trails where the bodies have been
/// @param shadows whether parts cast shadows
record Shown(boolean frames, boolean joints, boolean contacts, boolean trails, boolean shadows) {

    /// What is shown at first.
    static final Shown AT_FIRST = new Shown(false, false, false, false, true);

    Shown withFrames(boolean on) {
        return new Shown(on, joints, contacts, trails, shadows);
    }

    Shown withJoints(boolean on) {
        return new Shown(frames, on, contacts, trails, shadows);
    }

    Shown withContacts(boolean on) {
        return new Shown(frames, joints, on, trails, shadows);
    }

    Shown withTrails(boolean on) {
        return new Shown(frames, joints, contacts, on, shadows);
    }

    Shown withShadows(boolean on) {
        return new Shown(frames, joints, contacts, trails, on);
    }
}
