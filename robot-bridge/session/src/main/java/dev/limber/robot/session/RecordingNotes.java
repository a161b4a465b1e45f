package dev.limber.robot.session;

import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;
import dev.limber.api.session.Limits.JointLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/// What a recording says of the session that it is of, for people.
final class RecordingNotes {

    private RecordingNotes() {}

    /// @param realTime whether the loop has a real-time priority
    static Map<String, String> of(Limits limits, boolean dryRun, String realTime) {
        var notes = new LinkedHashMap<String, String>();
        notes.put("limber", Optional.ofNullable(FrameworkUtil.getBundle(RecordingNotes.class)).map(Bundle::getVersion)
                .map(Object::toString).orElse("not known"));
        notes.put("java", Runtime.version().toString());
        of(limits).forEach((what, words) -> notes.put(what + " when connected", words));
        notes.put("dryRun", Boolean.toString(dryRun));
        notes.put("realTime", realTime);
        return notes;
    }

    /// What limits are of, to what they are.
    static Map<String, String> of(Limits limits) {
        var notes = new LinkedHashMap<String, String>();
        limits.joints().forEach(joint -> notes.put("limits of " + joint.joint(), words(joint)));
        limits.workSpace().forEach(bound -> notes.put("work space " + bound.name(), words(bound)));
        return notes;
    }

    private static String words(JointLimits joint) {
        return "position " + joint.low() + " to " + joint.high() + ", velocity " + words(joint.maxVelocity())
                + ", acceleration " + words(joint.maxAcceleration()) + ", effort " + words(joint.maxEffort())
                + ", effort per second " + words(joint.maxEffortRate());
    }

    private static String words(double limit) {
        return Double.isInfinite(limit) ? "any" : Double.toString(limit);
    }

    private static String words(Constraint bound) {
        return bound.weights().entrySet().stream().map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(" + ")) + " from " + bound.low() + " to " + bound.high();
    }
}
