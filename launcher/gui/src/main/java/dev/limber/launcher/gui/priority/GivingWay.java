package dev.limber.launcher.gui.priority;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Threads that give way to others of this process and the machine when there are fewer cores than work.
///
/// Linux has priorities of threads, which Java leaves alone there unless the JVM is told otherwise; new threads, those of
/// drivers included, inherit both. Whatever starts training must not have called this: see [NormalThreads].
public enum GivingWay {
    /// To everything: what is drawn and looked up for people who watch.
    ENTIRELY(19, Thread.MIN_PRIORITY),
    /// To training, but not to what is drawn: the answer to a key or a click.
    SOMEWHAT(10, Thread.MIN_PRIORITY + 1);

    private static final int PRIO_PROCESS = 0; // a thread, in Linux

    private final int nice;
    private final int priority;

    GivingWay(int nice, int priority) {
        this.nice = nice;
        this.priority = priority;
    }

    /// The calling thread, and all that it starts from now on, give way.
    public void begin() {
        Thread.currentThread().setPriority(priority);
        if (System.getProperty("os.name").startsWith("Linux")) {
            setNice();
        }
    }

    @SuppressWarnings("restricted")
    private void setNice() {
        var linker = Linker.nativeLinker();
        linker.defaultLookup().find("setpriority").ifPresent(address -> {
            MethodHandle function = linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            try {
                // Refused where it is as nice already: all is well then.
                int ignored = (int) function.invokeExact(PRIO_PROCESS, 0, nice);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        });
    }
}
