package dev.limber.robot.session.realtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Asks Linux for SCHED_FIFO (sched(7)): the thread then runs before all ordinary ones whenever it has something to do.
public final class RealTimePriority {

    private static final int SCHED_FIFO = 1;
    private static final int EPERM = 1;

    private RealTimePriority() {}

    /// Asks for the calling thread.
    ///
    /// @param priority 1 to 99; 0 not to ask
    /// @return what came of it, one line for the user
    public static String request(int priority) {
        if (priority == 0) {
            return "no real-time priority: not asked for";
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            return "no real-time priority: " + System.getProperty("os.name") + " has no SCHED_FIFO";
        }
        int error;
        try {
            error = schedule(priority);
        } catch (Throwable failure) {
            return "no real-time priority: " + failure;
        }
        return switch (error) {
            case 0 -> "SCHED_FIFO, priority " + priority;
            case EPERM -> "no real-time priority: not permitted; allow it with ulimit -r " + priority
                    + " (rtprio in /etc/security/limits.conf) or CAP_SYS_NICE";
            default -> "no real-time priority: sched_setscheduler failed with error " + error;
        };
    }

    /// @return 0, or the error
    @SuppressWarnings("restricted") // It calls the C library.
    private static int schedule(int priority) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MemoryLayout state = Linker.Option.captureStateLayout();
        VarHandle errno = state.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        MethodHandle setScheduler = linker.downcallHandle(linker.defaultLookup().findOrThrow("sched_setscheduler"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS),
                Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(state);
            MemorySegment parameters = arena.allocateFrom(ValueLayout.JAVA_INT, priority); // struct sched_param
            int result = (int) setScheduler.invokeExact(captured, 0, SCHED_FIFO, parameters);
            return result == 0 ? 0 : (int) errno.get(captured, 0L);
        }
    }
}
