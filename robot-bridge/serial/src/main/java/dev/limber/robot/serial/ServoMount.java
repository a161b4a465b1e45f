package dev.limber.robot.serial;

import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How a servo moves a joint.
///
/// @param id of the servo
/// @param joint its name
/// @param actuated false for a joint that is only measured
/// @param sign 1 or -1: which way it turns
/// @param offset position of the joint when the servo stands in the middle of its turn [rad or m]
/// @param metres per radian for a joint that slides; 0 for one that turns
/// @param torque per current [N m/A]; 0 where it is not told
public record ServoMount(int id, String joint, boolean actuated, double sign, double offset, double metres,
        double torque) {

    /// What a user typed about all servos of a robot, each a list with commas between, or empty for its default.
    public record Lists(String ids, String joints, String measured, String signs, String offsets, String metres,
            String torques) {}

    /// Reads lists.
    ///
    /// @param highestId of a servo
    /// @throws UsageException naming the option that cannot be
    public static List<ServoMount> parse(Lists lists, int highestId) {
        double[] ids = numbers("ids", lists.ids, 0, 0);
        String[] names = lists.joints.isBlank()
                ? Arrays.stream(ids).mapToObj(id -> "joint" + (int) id).toArray(String[]::new)
                : words(lists.joints);
        if (names.length != ids.length) {
            throw new UsageException(
                    "option 'joints' names " + names.length + " joints for " + ids.length + " servos in 'ids'");
        }
        Set<String> measured = new HashSet<>(Arrays.asList(words(lists.measured)));
        double[] signs = numbers("signs", lists.signs, ids.length, 1);
        double[] offsets = numbers("offsets", lists.offsets, ids.length, 0);
        double[] metres = numbers("metres", lists.metres, ids.length, 0);
        double[] torques = numbers("torques", lists.torques, ids.length, 0);
        Set<Integer> seen = new HashSet<>();
        List<ServoMount> mounts = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != Math.rint(ids[i]) || ids[i] < 0 || ids[i] > highestId || !seen.add((int) ids[i])) {
                throw new UsageException("option 'ids' has " + ids[i] + ", ids are different whole numbers from 0 to "
                        + highestId);
            }
            if (Math.abs(signs[i]) != 1) {
                throw new UsageException("option 'signs' has " + signs[i] + ", it must be 1 or -1");
            }
            mounts.add(new ServoMount((int) ids[i], names[i], !measured.remove(names[i]), signs[i], offsets[i],
                    metres[i], torques[i]));
        }
        if (!measured.isEmpty()) {
            throw new UsageException(
                    "option 'measured' names " + measured + ", the joints are " + Arrays.asList(names));
        }
        return mounts;
    }

    /// A list of words.
    public static String[] words(String text) {
        return text.isBlank() ? new String[0]
                : Arrays.stream(text.split(",")).map(String::strip).toArray(String[]::new);
    }

    /// @param count how many there must be; 0 for any number
    private static double[] numbers(String option, String text, int count, double missing) {
        String[] words = words(text);
        if (words.length == 0 && count > 0) {
            double[] defaults = new double[count];
            Arrays.fill(defaults, missing);
            return defaults;
        }
        if (words.length == 0 || count > 0 && words.length != count) {
            throw new UsageException("option '" + option + "' has " + words.length + " numbers, it must have "
                    + (count > 0 ? count + ", one for each servo in 'ids'" : "at least one"));
        }
        try {
            return Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException notANumber) {
            throw new UsageException(
                    "option '" + option + "' is '" + text + "', it must be numbers with commas between");
        }
    }

    /// For messages.
    public String words() {
        return "joint '" + joint + "' (servo " + id + ")";
    }

    /// Whether the joint slides.
    public boolean slides() {
        return metres != 0;
    }

    /// What one radian of the servo is at the joint, with its direction [rad or m].
    public double perRadian() {
        return sign * (slides() ? metres : 1);
    }
}
