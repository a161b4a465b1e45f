package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.system.MemoryUtil;

/// A person at the keyboard of a small window. It tells when keys are released; the shift key is the dead-man button, and
/// a window without focus or that was closed has it released.
final class WindowKeyboard implements Operator {

    private static final long PERIOD_NANOS = 4_000_000;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 60;

    private final Consumer<String> emergencyStop;
    private final long window;
    private final Thread thread;

    // Guarded by this.
    private final double[] pushed = new double[KeyMap.joints()];
    private boolean alive;
    private volatile boolean closed;

    /// @param platform one of GLFW's platforms
    /// @param title of the window
    /// @throws UsageException where there can be no window
    WindowKeyboard(int platform, String title, Consumer<String> emergencyStop) {
        this.emergencyStop = emergencyStop;
        GlfwLibrary.acquire(platform);
        synchronized (GlfwLibrary.class) {
            GLFW.glfwDefaultWindowHints();
            GLFW.glfwWindowHint(GLFW.GLFW_CLIENT_API, GLFW.GLFW_NO_API);
            window = GLFW.glfwCreateWindow(WIDTH, HEIGHT, title, MemoryUtil.NULL, MemoryUtil.NULL);
            if (window == MemoryUtil.NULL) {
                String why = GlfwLibrary.error();
                GlfwLibrary.release();
                throw new UsageException("no window can be opened for the keyboard: " + why);
            }
        }
        thread = Thread.ofPlatform().daemon().name("limber-keyboard").start(this::watch);
    }

    private void watch() {
        boolean stopped = false;
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            boolean stop;
            boolean over;
            synchronized (GlfwLibrary.class) {
                if (closed) {
                    return;
                }
                GLFW.glfwPollEvents();
                over = GLFW.glfwWindowShouldClose(window);
                stop = pressed(GLFW.GLFW_KEY_SPACE);
                look(over);
            }
            if (over) {
                emergencyStop.accept("the keyboard's window was closed");
                return;
            }
            if (stop && !stopped) {
                emergencyStop.accept("space bar");
            }
            stopped = stop;
        }
    }

    private synchronized void look(boolean over) {
        alive = !over && GLFW.glfwGetWindowAttrib(window, GLFW.GLFW_FOCUSED) == GLFW.GLFW_TRUE
                && (pressed(GLFW.GLFW_KEY_LEFT_SHIFT) || pressed(GLFW.GLFW_KEY_RIGHT_SHIFT));
        for (int i = 0; i < pushed.length; i++) {
            // GLFW names letters by their capitals.
            pushed[i] = (pressed(Character.toUpperCase(KeyMap.UP.charAt(i))) ? 1 : 0)
                    - (pressed(Character.toUpperCase(KeyMap.DOWN.charAt(i))) ? 1 : 0);
        }
    }

    private boolean pressed(int key) {
        return GLFW.glfwGetKey(window, key) == GLFW.GLFW_PRESS;
    }

    @Override
    public synchronized boolean read(double[] deflections) {
        Arrays.fill(deflections, 0);
        System.arraycopy(pushed, 0, deflections, 0, Math.min(pushed.length, deflections.length));
        return alive;
    }

    @Override
    public void close() {
        synchronized (GlfwLibrary.class) {
            if (!closed) {
                closed = true;
                GLFW.glfwDestroyWindow(window);
                GlfwLibrary.release();
            }
        }
        thread.interrupt();
    }
}
