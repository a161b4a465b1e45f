package dev.limber.renderer.opengl;

import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lwjgl.PointerBuffer;
import org.lwjgl.egl.EGL;
import org.lwjgl.egl.EGL10;
import org.lwjgl.egl.EGL12;
import org.lwjgl.egl.EGL14;
import org.lwjgl.egl.EGL15;
import org.lwjgl.egl.EXTDeviceEnumeration;
import org.lwjgl.egl.EXTDeviceQuery;
import org.lwjgl.egl.EXTPlatformBase;
import org.lwjgl.egl.EXTPlatformDevice;
import org.lwjgl.opengl.GL;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;

/// A context of OpenGL 3.3 core without any display, current on the thread that made it.
///
/// Displays are tried in this order: NVIDIA's devices, other hardware, Mesa's software device, Mesa without a device, and
/// whatever EGL thinks is the default. Mesa draws what all contexts of a display ask for on threads of that display, which
/// have the priority of the first of them: so those that give way to others try Mesa without a device before its software device.
final class EglContext implements AutoCloseable {

    private static final int[] CONFIG = {EGL10.EGL_SURFACE_TYPE, EGL10.EGL_PBUFFER_BIT, EGL12.EGL_RENDERABLE_TYPE,
        EGL14.EGL_OPENGL_BIT, EGL10.EGL_RED_SIZE, 8, EGL10.EGL_GREEN_SIZE, 8, EGL10.EGL_BLUE_SIZE, 8, EGL10.EGL_NONE};
    private static final int[] CONTEXT = {EGL15.EGL_CONTEXT_MAJOR_VERSION, 3, EGL15.EGL_CONTEXT_MINOR_VERSION, 3,
        EGL15.EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL15.EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL10.EGL_NONE};
    private static final int[] PBUFFER = {EGL10.EGL_WIDTH, 1, EGL10.EGL_HEIGHT, 1, EGL10.EGL_NONE};

    /// Of EGL_MESA_platform_surfaceless, which LWJGL has not.
    private static final int PLATFORM_SURFACELESS_MESA = 0x31DD;

    private final long display;
    private final long context;
    private final long surface;
    private final String device;

    /// A way to a display, and what it is called.
    private record Candidate(long display, String name) {}

    private EglContext(long display, long context, long surface, String name) {
        this.display = display;
        this.context = context;
        this.surface = surface;
        GL.createCapabilities(true);
        String version = GL11C.glGetString(GL11C.GL_VERSION);
        String renderer = GL11C.glGetString(GL11C.GL_RENDERER);
        device = "OpenGL " + String.valueOf(version).split(" ", 2)[0] + " on "
                + String.valueOf(renderer).replaceFirst(" \\(.*", "") + " (EGL, " + name + ")";
    }

    /// Opens the best context there is.
    ///
    /// @param givesWay whether it must keep no other context waiting
    /// @throws UnavailableException where there is none
    static EglContext open(boolean givesWay) throws UnavailableException {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            throw new UnavailableException("off-screen OpenGL needs EGL, which " + System.getProperty("os.name")
                    + " does not have; the software renderer draws there");
        }
        try {
            Configuration.OPENGL_CONTEXT_API.set("EGL");
            EGL.getCapabilities();
        } catch (LinkageError missing) {
            throw new UnavailableException(
                    "there is no EGL library (on Debian: apt install libegl1 libgl1-mesa-dri): "
                            + missing.getMessage());
        }
        var tried = new ArrayList<String>();
        try (MemoryStack stack = stackPush()) {
            for (Candidate candidate : candidates(givesWay, stack)) {
                EglContext opened = tryOpen(candidate, tried, stack);
                if (opened != null) {
                    return opened;
                }
            }
        }
        throw new UnavailableException(
                "no EGL display has OpenGL 3.3" + (tried.isEmpty() ? "" : " (" + String.join("; ", tried) + ")"));
    }

    private static List<Candidate> candidates(boolean givesWay, MemoryStack stack) {
        var nvidia = new ArrayList<Candidate>();
        var hardware = new ArrayList<Candidate>();
        var software = new ArrayList<Candidate>();
        // LWJGL's capabilities are those of displays; these extensions are the library's own.
        List<String> extensions = List
                .of(String.valueOf(EGL10.eglQueryString(EGL10.EGL_NO_DISPLAY, EGL10.EGL_EXTENSIONS)).split(" "));
        boolean platforms = extensions.contains("EGL_EXT_platform_base");
        if (platforms && extensions.contains("EGL_EXT_platform_device")
                && EGL.getCapabilities().eglQueryDevicesEXT != 0) {
            IntBuffer count = stack.mallocInt(1);
            if (EXTDeviceEnumeration.eglQueryDevicesEXT(null, count) && count.get(0) > 0) {
                PointerBuffer devices = stack.mallocPointer(count.get(0));
                EXTDeviceEnumeration.eglQueryDevicesEXT(devices, count);
                for (int i = 0; i < count.get(0); i++) {
                    String abilities = String
                            .valueOf(EXTDeviceQuery.eglQueryDeviceStringEXT(devices.get(i), EGL10.EGL_EXTENSIONS));
                    long display = EXTPlatformBase.eglGetPlatformDisplayEXT(EXTPlatformDevice.EGL_PLATFORM_DEVICE_EXT,
                            devices.get(i), (IntBuffer) null);
                    if (abilities.contains("EGL_NV_device_cuda")) {
                        nvidia.add(new Candidate(display, "NVIDIA device " + i));
                    } else if (abilities.contains("EGL_MESA_device_software")) {
                        software.add(new Candidate(display, "Mesa software device"));
                    } else {
                        hardware.add(new Candidate(display, "device " + i));
                    }
                }
            }
        }
        var all = new ArrayList<>(nvidia);
        all.addAll(hardware);
        int mesa = all.size();
        all.addAll(software);
        if (platforms && extensions.contains("EGL_MESA_platform_surfaceless")) {
            // LWJGL's own method refuses the default display, which is what this platform wants.
            all.add(givesWay ? mesa : all.size(), new Candidate(JNI.callPPP(PLATFORM_SURFACELESS_MESA,
                    EGL14.EGL_DEFAULT_DISPLAY, 0L, EGL.getCapabilities().eglGetPlatformDisplayEXT),
                    "Mesa surfaceless"));
        }
        all.add(new Candidate(EGL10.eglGetDisplay(EGL14.EGL_DEFAULT_DISPLAY), "default display"));
        return all;
    }

    private static EglContext tryOpen(Candidate candidate, List<String> tried, MemoryStack stack) {
        long display = candidate.display();
        IntBuffer major = stack.mallocInt(1);
        IntBuffer minor = stack.mallocInt(1);
        if (display == EGL10.EGL_NO_DISPLAY || !EGL10.eglInitialize(display, major, minor)) {
            tried.add(candidate.name() + ": not there");
            return null;
        }
        EGL.createDisplayCapabilities(display, major.get(0), minor.get(0));
        PointerBuffer config = stack.mallocPointer(1);
        IntBuffer found = stack.mallocInt(1);
        if (!EGL12.eglBindAPI(EGL14.EGL_OPENGL_API)
                || !EGL10.eglChooseConfig(display, stack.ints(CONFIG), config, found) || found.get(0) == 0) {
            tried.add(candidate.name() + ": no OpenGL");
            return null;
        }
        long context = EGL10.eglCreateContext(display, config.get(0), EGL10.EGL_NO_CONTEXT, stack.ints(CONTEXT));
        if (context == EGL10.EGL_NO_CONTEXT) {
            tried.add(candidate.name() + ": no OpenGL 3.3");
            return null;
        }
        long surface = EGL10.eglCreatePbufferSurface(display, config.get(0), stack.ints(PBUFFER));
        if (!EGL10.eglMakeCurrent(display, surface, surface, context)) {
            EGL10.eglDestroyContext(display, context);
            if (surface != EGL10.EGL_NO_SURFACE) {
                EGL10.eglDestroySurface(display, surface);
            }
            tried.add(candidate.name() + ": its context cannot be used");
            return null;
        }
        return new EglContext(display, context, surface, candidate.name());
    }

    /// What it draws with, one line for people.
    String device() {
        return device;
    }

    /// Destroys the context. The display stays, for another version of this bundle may have a context on it.
    @Override
    public void close() {
        GL.setCapabilities(null);
        EGL10.eglMakeCurrent(display, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_CONTEXT);
        EGL10.eglDestroyContext(display, context);
        if (surface != EGL10.EGL_NO_SURFACE) {
            EGL10.eglDestroySurface(display, surface);
        }
        EGL12.eglReleaseThread();
    }
}
