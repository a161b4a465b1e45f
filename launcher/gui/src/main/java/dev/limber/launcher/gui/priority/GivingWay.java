package dev.limber.launcher.gui.priority;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Threads that give way to others of this process and the machine when there are fewer cores than work.
///
/// Linux has priorities of threads, which Java leaves alone there unless the JVM is told otherwise; new threads, those of
/// drivers included, inherit them. Whatever starts training must not have called this.
public final class GivingWay {

    private static final int NICE = 19;
    private static final int PRIO_PROCESS = 0; // a thread, in Linux

    private GivingWay() {}

    /// The calling thread, and all that it starts from now on, give way.
    public static void begin() {
        if (System.getProperty("os.name").startsWith("Linux")) {
            setPriority();
        } else {
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        }
    }

    @SuppressWarnings("restricted")
    private static void setPriority() {
        var linker = Linker.nativeLinker();
        linker.defaultLookup().find("setpriority").ifPresent(address -> {
            MethodHandle function = linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            try {
                // Refused where it is as nice already: all is well then.
                int ignored = (int) function.invokeExact(PRIO_PROCESS, 0, NICE);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        });
    }
}
