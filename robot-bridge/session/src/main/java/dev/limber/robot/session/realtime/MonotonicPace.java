package dev.limber.robot.session.realtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/// The machine's monotonic clock. On Linux it sleeps by `clock_nanosleep` until an absolute time, so that whatever delays the call itself does not
/// add up; elsewhere it parks.
final class MonotonicPace implements Pace {

    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMER_ABSTIME = 1;
    private static final int EINTR = 4;
    private static final long SECOND = 1_000_000_000;

    private final MethodHandle clockNanosleep;
    private final MemorySegment time;

    private MonotonicPace(MethodHandle clockNanosleep) {
        this.clockNanosleep = clockNanosleep;
        time = Arena.ofAuto().allocate(16, 8);
    }

    @SuppressWarnings("restricted") // It calls the C library.
    static Pace create() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return new Parking();
        }
        Linker linker = Linker.nativeLinker();
        MemoryLayout number = ValueLayout.JAVA_INT;
        return linker.defaultLookup().find("clock_nanosleep").<Pace> map(
                address -> new MonotonicPace(linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                        number, number, ValueLayout.ADDRESS, ValueLayout.ADDRESS))))
                .orElseGet(Parking::new);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleepUntil(long nanoTime) {
        if (nanoTime - System.nanoTime() <= 0) {
            return;
        }
        // On Linux System.nanoTime is CLOCK_MONOTONIC.
        time.set(ValueLayout.JAVA_LONG, 0, Math.floorDiv(nanoTime, SECOND));
        time.set(ValueLayout.JAVA_LONG, 8, Math.floorMod(nanoTime, SECOND));
        int result;
        do {
            try {
                result = (int) clockNanosleep.invokeExact(CLOCK_MONOTONIC, TIMER_ABSTIME, time, MemorySegment.NULL);
            } catch (Throwable impossible) {
                throw new IllegalStateException("clock_nanosleep cannot be called", impossible);
            }
        } while (result == EINTR);
        if (result != 0) {
            throw new IllegalStateException("clock_nanosleep failed with " + result);
        }
    }

    @Override
    public void parkUntil(long nanoTime) {
        LockSupport.parkNanos(nanoTime - System.nanoTime());
    }

    /// For operating systems without `clock_nanosleep`.
    private static final class Parking implements Pace {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long nanoTime) {
            for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        @Override
        public void parkUntil(long nanoTime) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }
}
