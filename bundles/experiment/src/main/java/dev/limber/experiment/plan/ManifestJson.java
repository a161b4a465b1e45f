package dev.limber.experiment.plan;

import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.policy.PolicyManifest.Action;
import dev.limber.api.policy.PolicyManifest.ModelJoint;
import dev.limber.api.policy.PolicyManifest.Observed;
import dev.limber.api.policy.PolicyManifest.Quantity;
import dev.limber.api.robot.Robot.CommandMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What a policy's numbers mean on a robot, as a JSON tree.
final class ManifestJson {

    private ManifestJson() {}

    static Map<String, Object> write(PolicyManifest manifest) {
        var json = new LinkedHashMap<String, Object>();
        json.put("task", manifest.task());
        json.put("mode", lowerCase(manifest.mode()));
        json.put("rate", manifest.rate());
        json.put("joints", manifest.joints().stream()
                .map(joint -> tree("name", joint.name(), "sign", joint.sign(), "offset", joint.offset())).toList());
        json.put("observations", manifest.observations().stream().map(seen -> tree("joint", seen.joint(), "quantity",
                lowerCase(seen.quantity()), "scale", seen.scale())).toList());
        json.put("actions", manifest.actions().stream().map(action -> tree("joint", action.joint(), "scale",
                action.scale(), "offset", action.offset())).toList());
        return json;
    }

    private static Map<String, Object> tree(String a, Object first, String b, Object second, String c, Object third) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(a, first);
        tree.put(b, second);
        tree.put(c, third);
        return tree;
    }

    /// @throws NullPointerException, ClassCastException or IllegalArgumentException where something is missing or cannot be
    static PolicyManifest read(Map<?, ?> json) {
        return new PolicyManifest(json.get("task").toString(), CommandMode.valueOf(upperCase(json, "mode")),
                number(json, "rate"),
                all(json, "joints",
                        joint -> new ModelJoint(joint.get("name").toString(), (int) number(joint, "sign"),
                                number(joint, "offset"))),
                all(json, "observations",
                        seen -> new Observed(seen.get("joint").toString(),
                                Quantity.valueOf(upperCase(seen, "quantity")), number(seen, "scale"))),
                all(json, "actions", action -> new Action(action.get("joint").toString(), number(action, "scale"),
                        number(action, "offset"))));
    }

    private static <T> List<T> all(Map<?, ?> json, String name, Function<Map<?, ?>, T> read) {
        return ((List<?>) json.get(name)).stream().map(each -> read.apply((Map<?, ?>) each)).toList();
    }

    private static double number(Map<?, ?> json, String name) {
        return ((Number) json.get(name)).doubleValue();
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upperCase(Map<?, ?> json, String name) {
        return json.get(name).toString().toUpperCase(Locale.ROOT);
    }
}
