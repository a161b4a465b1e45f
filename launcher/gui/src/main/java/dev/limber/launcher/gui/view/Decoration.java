package dev.limber.launcher.gui.view;

import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Color;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.Scene;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.launcher.gui.timeline.Observed;
import java.util.Optional;

/// What is drawn over the scene: axes of bodies and joints, contacts, where they have been, the spring that pulls one.
final class Decoration {

    private static final Color X = Color.of(0xE5484D);
    private static final Color Y = Color.of(0x30A46C);
    private static final Color Z = Color.of(0x3E7BFA);
    private static final Color JOINT = Color.of(0x8E4EC6);
    private static final Color CONTACT = Color.of(0x12A594);
    private static final Color TRAIL = Color.of(0xF5A524);
    private static final double AXIS = 0.06;
    private static final int TRAIL_SAMPLES = 120;
    /// A body does not move so far between two samples [m]: an episode has begun there.
    private static final double JUMP = 0.5;

    private volatile Optional<Pull> pull = Optional.empty();

    /// Shows a spring, or none. Any thread.
    void pull(Optional<Pull> spring) {
        pull = spring;
    }

    /// Adds everything.
    ///
    /// @param distance of the camera, which sets the length of axes [m]
    void add(Overlay overlay, Shown shown, Optional<Picked> picked, Observed what, long moment, Sample now,
            double distance) {
        int bodies = now.subject().poseSize() / Scene.POSE;
        overlay.onTop(true);
        for (int tile = 0; tile < now.subject().size(); tile++) {
            overlay.copy(tile);
            for (int body = 0; body < bodies; body++) {
                int at = Scene.POSE * (tile * bodies + body);
                if (shown.frames()) {
                    axes(overlay, now.poses(), at, AXIS * distance);
                }
                if (shown.joints() && now.subject().model().isPresent()) {
                    joint(overlay, now.poses(), at, now.subject().model().get().bodies().get(body).joint(),
                            AXIS * distance);
                }
            }
            if (shown.contacts() && now.subject().maxContacts() > 0) {
                contacts(overlay, now, tile, AXIS * distance);
            }
        }
        if (shown.trails()) {
            trails(overlay, picked, what, moment, now, bodies);
        }
        pull.ifPresent(spring -> spring(overlay, spring, now, bodies));
        overlay.copy(Overlay.ALL);
    }

    private static void axes(Overlay overlay, double[] poses, int at, double length) {
        axis(overlay, poses, at, new Vector3(length, 0, 0), X);
        axis(overlay, poses, at, new Vector3(0, length, 0), Y);
        axis(overlay, poses, at, new Vector3(0, 0, length), Z);
    }

    private static void axis(Overlay overlay, double[] poses, int at, Vector3 tip, Color color) {
        Vector3 end = Poses.toWorld(poses, at, tip);
        overlay.arrow(poses[at], poses[at + 1], poses[at + 2], end.x(), end.y(), end.z(), 2.5, color);
    }

    /// The axis of a joint, which acts at the origin of the body's frame: a hinge with a dot on it, a slide with two heads.
    private static void joint(Overlay overlay, double[] poses, int at, Joint joint, double length) {
        if (!joint.hasAxis()) {
            return;
        }
        Vector3 one = Poses.toWorld(poses, at, scaled(joint.axis(), length));
        Vector3 other = Poses.toWorld(poses, at, scaled(joint.axis(), -length));
        overlay.arrow(other.x(), other.y(), other.z(), one.x(), one.y(), one.z(), 3, JOINT);
        if (joint.type() == Joint.Type.SLIDE) {
            overlay.arrow(one.x(), one.y(), one.z(), other.x(), other.y(), other.z(), 3, JOINT);
        } else {
            overlay.point(poses[at], poses[at + 1], poses[at + 2], 8, JOINT);
        }
    }

    /// Contact points, and forces whose arrows grow with the logarithm of what they are: on the first body, or on the second where
    /// the first is a floor or a wall.
    private static void contacts(Overlay overlay, Sample now, int tile, double unit) {
        double[] all = now.contacts();
        for (int i = 0; i < now.contactCounts()[tile]; i++) {
            int at = Sample.CONTACT * (tile * Sample.MAX_CONTACTS + i) + 2;
            var first = now.subject().model().orElseThrow().bodies().get((int) all[at - 2]);
            boolean stands = first.joint().type() == Joint.Type.FIXED && first.parent().isEmpty();
            double length = (stands ? -unit : unit) * Math.log1p(all[at + 6] / 10);
            overlay.point(all[at], all[at + 1], all[at + 2], 7, CONTACT);
            overlay.arrow(all[at], all[at + 1], all[at + 2], all[at] + length * all[at + 3],
                    all[at + 1] + length * all[at + 4], all[at + 2] + length * all[at + 5], 3, CONTACT);
        }
    }

    private static Vector3 scaled(Vector3 v, double by) {
        return new Vector3(by * v.x(), by * v.y(), by * v.z());
    }

    private static void trails(Overlay overlay, Optional<Picked> picked, Observed what, long moment, Sample now,
            int bodies) {
        double[] last = new double[3 * bodies * now.subject().size()];
        boolean[] known = new boolean[1];
        what.history().each(moment - TRAIL_SAMPLES, moment + 1, (_, sample) -> {
            if (sample.subject() != now.subject()) {
                return;
            }
            for (int i = 0; i < last.length / 3; i++) {
                double[] poses = sample.poses();
                int at = Scene.POSE * i;
                boolean wanted = picked.isEmpty() || picked.get().body() == i % bodies;
                double dx = poses[at] - last[3 * i];
                double dy = poses[at + 1] - last[3 * i + 1];
                double dz = poses[at + 2] - last[3 * i + 2];
                double moved = dx * dx + dy * dy + dz * dz;
                if (known[0] && wanted && moved > 0 && moved < JUMP * JUMP && !ended(sample, i / bodies)) {
                    overlay.copy(i / bodies);
                    overlay.line(last[3 * i], last[3 * i + 1], last[3 * i + 2], poses[at], poses[at + 1], poses[at + 2],
                            2, TRAIL);
                }
                System.arraycopy(poses, at, last, 3 * i, 3);
            }
            known[0] = true;
        });
    }

    private static boolean ended(Sample sample, int tile) {
        return sample.terminated()[tile] || sample.truncated()[tile];
    }

    private static void spring(Overlay overlay, Pull spring, Sample now, int bodies) {
        for (int tile = 0; tile < now.subject().size(); tile++) {
            if (now.subject().watched()[tile] == spring.copy() && spring.body() < bodies) {
                Vector3 grip = Poses.toWorld(now.poses(), Scene.POSE * (tile * bodies + spring.body()), spring.grip());
                Vector3 end = spring.target();
                overlay.copy(tile);
                overlay.arrow(grip.x(), grip.y(), grip.z(), end.x(), end.y(), end.z(), 4, TRAIL);
                overlay.point(grip.x(), grip.y(), grip.z(), 9, TRAIL);
            }
        }
    }
}
