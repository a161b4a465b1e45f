package dev.limber.launcher.gui.view;

import dev.limber.api.render.Scene;
import dev.limber.api.watch.Sample;
import dev.limber.launcher.gui.layout.OverlayCard;
import dev.limber.launcher.gui.timeline.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is known about a picked body at the moment that is shown.
final class BodyCard {

    private BodyCard() {}

    /// The card. Velocities come from the moment before, where it belongs to the same episode.
    static OverlayCard of(Picked picked, Observed what, long moment, Sample now) {
        Scene scene = now.subject().scene().orElseThrow();
        int at = now.subject().poseSize() * picked.tile() + Scene.POSE * picked.body();
        double[] poses = now.poses();
        var rows = new ArrayList<OverlayCard.Row>();
        rows.add(new OverlayCard.Row("position [m]", vector(poses, at)));
        rows.add(new OverlayCard.Row("rotation [°]", angles(poses, at)));
        velocity(what, moment, now, at, picked.tile()).ifPresent(velocity -> {
            rows.add(new OverlayCard.Row("velocity [m/s]", vector(velocity, 0)));
            rows.add(new OverlayCard.Row("angular [rad/s]", vector(velocity, 3)));
        });
        List<String> names = now.subject().environment().stateNames();
        for (int k = 0; k < names.size(); k++) {
            rows.add(new OverlayCard.Row(names.get(k), number(now.states()[picked.tile() * names.size() + k])));
        }
        if (now.subject().maxContacts() > 0) {
            rows.add(new OverlayCard.Row("contacts, force [N]", contacts(now, picked)));
        }
        String body = scene.bodies().get(picked.body());
        String heading = body.equals(picked.part()) ? body : body + " · " + picked.part();
        return new OverlayCard(now.subject().size() > 1 ? heading + " of copy " + now.subject().watched()[picked.tile()]
                : heading, rows);
    }

    private static Optional<double[]> velocity(Observed what, long moment, Sample now, int at, int tile) {
        Optional<Sample> before = what.history().copy(moment - 1, Optional.empty())
                .filter(sample -> sample.subject() == now.subject() && sample.step() < now.step());
        if (before.isEmpty()) {
            return Optional.empty();
        }
        double seconds = (double) (now.step() - before.get().step()) / now.subject().copies()
                * now.subject().environment().stepSeconds();
        boolean ended = now.terminated()[tile] || now.truncated()[tile];
        // Over many steps a difference is no velocity.
        return ended || seconds > 3 * now.subject().environment().stepSeconds() ? Optional.empty()
                : Optional.of(Poses.velocity(before.get().poses(), now.poses(), at, seconds));
    }

    /// How many places touch something, and how hard all together.
    private static String contacts(Sample now, Picked picked) {
        double[] all = now.contacts();
        int count = 0;
        double force = 0;
        for (int i = 0; i < now.contactCounts()[picked.tile()]; i++) {
            int at = Sample.CONTACT * (picked.tile() * Sample.MAX_CONTACTS + i);
            if (all[at] == picked.body() || all[at + 1] == picked.body()) {
                count++;
                force += all[at + 8];
            }
        }
        return count == 0 ? "none" : count + " " + number(force);
    }

    private static String angles(double[] poses, int at) {
        double x = poses[at + 3];
        double y = poses[at + 4];
        double z = poses[at + 5];
        double w = poses[at + 6];
        double roll = Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y));
        double pitch = Math.asin(Math.clamp(2 * (w * y - z * x), -1, 1));
        double yaw = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
        return String.format(Locale.ROOT, "%6.1f %6.1f %6.1f", Math.toDegrees(roll), Math.toDegrees(pitch),
                Math.toDegrees(yaw));
    }

    private static String vector(double[] values, int at) {
        return number(values[at]) + " " + number(values[at + 1]) + " " + number(values[at + 2]);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%7.3f", value + 0.0);
    }
}
