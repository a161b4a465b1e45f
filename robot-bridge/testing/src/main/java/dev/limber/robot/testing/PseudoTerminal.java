package dev.limber.robot.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The master side of a pseudo-terminal: a serial device that a program can open by its [#path], with this process as
/// what is at the other end of the cable.
///
/// Bytes go through unchanged (raw mode) at any baud, on Linux and macOS. [#read] and
/// [#write] belong to one thread, [#close] may come from another one that knows the first has ended.
@SuppressWarnings("restricted") // calls the system
public final class PseudoTerminal implements AutoCloseable {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE = ERRNO.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle GRANTPT = intFunction("grantpt", ValueLayout.JAVA_INT);
    private static final MethodHandle UNLOCKPT = intFunction("unlockpt", ValueLayout.JAVA_INT);
    private static final MethodHandle PTSNAME = intFunction("ptsname_r", ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG);
    private static final MethodHandle OPEN = intFunction("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = intFunction("close", ValueLayout.JAVA_INT);
    private static final MethodHandle TCGETATTR = intFunction("tcgetattr", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    private static final MethodHandle TCSETATTR = intFunction("tcsetattr", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS);
    private static final MethodHandle CFMAKERAW = LINKER.downcallHandle(SYMBOLS.findOrThrow("cfmakeraw"),
            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private static final MethodHandle POLL = intFunction("poll", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    private static final MethodHandle READ = longFunction("read");
    private static final MethodHandle WRITE = longFunction("write");

    private static final boolean MAC = System.getProperty("os.name").startsWith("Mac");
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = MAC ? 0x20000 : 0x100;
    private static final int O_NONBLOCK = MAC ? 0x4 : 0x800;
    private static final int EINTR = 4;
    private static final short POLLIN = 1;
    /// More than any system's `struct termios`.
    private static final int TERMIOS_BYTES = 256;
    private static final int BUFFER_BYTES = 4096;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = arena.allocate(ERRNO);
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final MemorySegment poll = arena.allocate(8, 4);
    private final int master;
    /// Kept open, for without any opener the master reads errors instead of waiting for the next one.
    private final int slave;
    private final Path path;
    private boolean closed;

    /// Makes a device.
    ///
    /// @throws IllegalStateException where the system has no more of them
    public PseudoTerminal() {
        // Not posix_openpt, which promises nothing about O_NONBLOCK.
        master = call("open", OPEN, arena.allocateFrom("/dev/ptmx"), O_RDWR | O_NOCTTY | O_NONBLOCK);
        call("grantpt", GRANTPT, master);
        call("unlockpt", UNLOCKPT, master);
        call("ptsname_r", PTSNAME, master, buffer, (long) BUFFER_BYTES);
        path = Path.of(buffer.getString(0));
        slave = call("open", OPEN, buffer, O_RDWR | O_NOCTTY);
        MemorySegment termios = arena.allocate(TERMIOS_BYTES);
        call("tcgetattr", TCGETATTR, slave, termios);
        try {
            CFMAKERAW.invokeExact(termios);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        call("tcsetattr", TCSETATTR, slave, 0, termios);
    }

    /// Where programs open it.
    public Path path() {
        return path;
    }

    /// Waits for bytes and reads what there is.
    ///
    /// @param target receives them from its beginning
    /// @param timeoutNanos how long to wait for the first one, rounded up to milliseconds; 0 not at all [ns]
    /// @return how many, 0 where none came in time
    public int read(byte[] target, long timeoutNanos) {
        poll.set(ValueLayout.JAVA_INT, 0, master);
        poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
        poll.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
        int ready;
        try {
            ready = (int) POLL.invokeExact(errno, poll, 1L,
                    (int) Math.min(Integer.MAX_VALUE, (timeoutNanos + 999_999) / 1_000_000));
        } catch (Throwable impossible) {
            throw new IllegalStateException("poll", impossible);
        }
        if (ready <= 0 || (poll.get(ValueLayout.JAVA_SHORT, 6) & POLLIN) == 0) {
            return 0;
        }
        int count = (int) transfer("read", READ, Math.min(target.length, BUFFER_BYTES));
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, 0, Math.max(0, count));
        return Math.max(0, count);
    }

    /// Writes bytes to whoever has the device open. What nobody reads is kept by the system up to some thousand bytes, and lost beyond: a line
    /// does not wait for who should listen.
    public void write(byte[] source, int offset, int count) {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, BUFFER_BYTES);
            MemorySegment.copy(source, offset + done, buffer, ValueLayout.JAVA_BYTE, 0, part);
            long written = transfer("write", WRITE, part);
            if (written <= 0) {
                return;
            }
            done += (int) written;
        }
    }

    /// Pulls the cable: whoever has the device open reads an error from now on. Further calls do nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            call("close", CLOSE, slave);
            call("close", CLOSE, master);
            arena.close();
        }
    }

    private long transfer(String name, MethodHandle function, int bytes) {
        try {
            long result;
            do {
                result = (long) function.invokeExact(errno, master, buffer, (long) bytes);
            } while (result < 0 && (int) ERRNO_VALUE.get(errno, 0L) == EINTR);
            return result;
        } catch (Throwable impossible) {
            throw new IllegalStateException(name, impossible);
        }
    }

    private int call(String name, MethodHandle function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = errno;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int result;
        try {
            result = (int) function.invokeWithArguments(all);
        } catch (Throwable impossible) {
            throw new IllegalStateException(name, impossible);
        }
        int error = (int) ERRNO_VALUE.get(errno, 0L);
        if (result < 0 && error != EINTR) {
            throw new IllegalStateException(name + " of a pseudo-terminal failed with errno " + error);
        }
        return result;
    }

    private static MethodHandle intFunction(String name, MemoryLayout... arguments) {
        return function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    private static MethodHandle longFunction(String name) {
        return function(name, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }
}
