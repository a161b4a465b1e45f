package dev.limber.robot.teleoperation;

/// Which keys move which joint: one of the upper row up, the one below it down.
final class KeyMap {

    static final String UP = "qwertyui";
    static final String DOWN = "asdfghjk";
    static final char STOP = ' ';

    private KeyMap() {}

    /// Joints that keys can move.
    static int joints() {
        return UP.length();
    }

    /// What to press, for the person.
    static String explain(java.util.List<String> joints) {
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(joints(), joints.size()); i++) {
            text.append(joints.get(i)).append(' ').append(UP.charAt(i)).append('/').append(DOWN.charAt(i)).append(", ");
        }
        return text + "space stops";
    }
}
