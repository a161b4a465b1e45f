package dev.limber.robot.session.realtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Asks Linux for SCHED_FIFO (sched(7)): a thread then runs before all ordinary ones whenever it has something to do.
public final class RealTimePriority {

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Threads that a thread starts do not get its priority: a recorder must not run as urgently as the loop that opened it.
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    private static final int EPERM = 1;
    private static final int CALLING_THREAD = 0;

    private RealTimePriority() {}

    /// What came of a request.
    ///
    /// @param granted whether the thread has the priority
    /// @param text one line for the user
    public record Answer(boolean granted, String text) {}

    /// Asks for the calling thread.
    ///
    /// @param priority 1 to 99; 0 not to ask
    public static Answer request(int priority) {
        if (priority == 0) {
            return refused("not asked for");
        }
        if (!onLinux()) {
            return refused(System.getProperty("os.name") + " has no SCHED_FIFO");
        }
        try {
            int error = Scheduler.set(CALLING_THREAD, SCHED_FIFO | SCHED_RESET_ON_FORK, priority);
            return switch (error) {
                case 0 -> new Answer(true, "SCHED_FIFO, priority " + priority);
                case EPERM -> refused("not permitted; allow it with ulimit -r " + priority
                        + " (rtprio in /etc/security/limits.conf) or CAP_SYS_NICE");
                default -> refused("sched_setscheduler failed with error " + error);
            };
        } catch (Throwable failure) {
            return refused(failure.toString());
        }
    }

    private static Answer refused(String why) {
        return new Answer(false, "no real-time priority: " + why);
    }

    /// The system's number of the calling thread, for [#withdraw]; 0 where there is none.
    public static int callingThread() {
        try {
            return onLinux() ? Scheduler.thread() : 0;
        } catch (Throwable unknown) {
            return 0;
        }
    }

    /// Makes a thread of this process an ordinary one again.
    ///
    /// @param thread as [#callingThread] told it on that thread
    public static void withdraw(int thread) {
        try {
            Scheduler.set(thread, SCHED_OTHER | SCHED_RESET_ON_FORK, 0); // The flag may be taken away by root alone.
        } catch (Throwable failure) {
            // It has ended, or never had one.
        }
    }

    private static boolean onLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    /// The C library, looked up once and only on Linux.
    @SuppressWarnings("restricted") // It calls the C library.
    private static final class Scheduler {

        private static final Linker LINKER = Linker.nativeLinker();
        private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SET = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("sched_setscheduler"), FunctionDescriptor.of(ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                Linker.Option.captureCallState("errno"));
        private static final MethodHandle THREAD = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("gettid"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));

        /// @return 0, or the error
        static int set(int thread, int policy, int priority) throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment captured = arena.allocate(STATE);
                MemorySegment parameters = arena.allocateFrom(ValueLayout.JAVA_INT, priority); // struct sched_param
                int result = (int) SET.invokeExact(captured, thread, policy, parameters);
                return result == 0 ? 0 : (int) ERRNO.get(captured, 0L);
            }
        }

        static int thread() throws Throwable {
            return (int) THREAD.invokeExact();
        }
    }
}
