package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import org.lwjgl.PointerBuffer;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/// GLFW, started for the first device and ended after the last. It is not thread-safe: all calls are made under this
/// class's lock.
final class GlfwLibrary {

    private static int users;

    private GlfwLibrary() {}

    /// @param platform one of GLFW's platforms
    /// @throws UsageException where it cannot be started
    static synchronized void acquire(int platform) {
        if (users == 0) {
            try {
                GLFW.glfwInitHint(GLFW.GLFW_PLATFORM, platform);
                if (!GLFW.glfwInit()) {
                    throw new UsageException("GLFW cannot be started: " + error());
                }
            } catch (LinkageError missing) {
                throw new UsageException("GLFW for " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + " is not among Limber's libraries");
            }
        }
        users++;
    }

    static synchronized void release() {
        if (--users == 0) {
            GLFW.glfwTerminate();
        }
    }

    /// What it complained of last.
    static String error() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer text = stack.mallocPointer(1);
            return GLFW.glfwGetError(text) == GLFW.GLFW_NO_ERROR || text.get(0) == MemoryUtil.NULL
                    ? "it does not say why"
                    : MemoryUtil.memUTF8(text.get(0)).lines().findFirst().orElse("");
        }
    }

    /// True where there is a display to ask for gamepads and keys.
    static boolean hasDisplay() {
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }
}
