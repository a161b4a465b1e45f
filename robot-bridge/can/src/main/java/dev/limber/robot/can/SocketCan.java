package dev.limber.robot.can;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// A CAN interface of Linux, through its raw sockets; see the kernel's Documentation/networking/can.rst.
@SuppressWarnings("restricted") // calls the system
final class SocketCan implements CanBus {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle INDEX = function("if_nametoindex", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    private static final MethodHandle SET_OPTION = function("setsockopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle BIND = function("bind", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle POLL = function("poll", ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle RECEIVE = function("recv", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle SEND = function("send", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private static final int PF_CAN = 29;
    private static final int SOCK_RAW = 3;
    private static final int CAN_RAW = 1;
    private static final int SOL_CAN_RAW = 101;
    private static final int CAN_RAW_FD_FRAMES = 5;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int EINVAL = 22;
    private static final int ENOBUFS = 105;
    private static final short POLLIN = 1;
    /// Neither sending nor receiving ever waits in the kernel: a full buffer of frames that nobody acknowledges is an error at once.
    private static final int MSG_DONTWAIT = 0x40;

    /// struct can_frame and canfd_frame: id, length, flags, two bytes unused, data.
    private static final int HEADER = 8;
    private static final int CLASSIC_BYTES = 16;
    private static final int FD_BYTES = 72;
    private static final int EXTENDED_FLAG = 0x80000000;
    private static final int REMOTE_FLAG = 0x40000000;
    private static final int ERROR_FLAG = 0x20000000;
    private static final int EXTENDED_MASK = 0x1FFFFFFF;
    private static final int STANDARD_MASK = 0x7FF;
    private static final byte BIT_RATE_SWITCH = 1;

    private final String name;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = arena.allocate(STATE);
    private final MemorySegment poll = arena.allocate(8, 4);
    private final MemorySegment out = arena.allocate(FD_BYTES, 8);
    private final MemorySegment in = arena.allocate(FD_BYTES, 8);
    private int socket;

    /// @param socket that frames go through; -1 for none yet
    SocketCan(String name, int socket) {
        this.name = name;
        use(socket);
    }

    private void use(int opened) {
        socket = opened;
        poll.set(ValueLayout.JAVA_INT, 0, socket);
        poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
    }

    /// Opens an interface: can0, vcan0.
    ///
    /// @param fd whether frames of CAN FD are needed
    /// @throws RobotException saying what to do where that does not work
    static SocketCan open(String name, boolean fd) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new RobotException(Kind.REFUSED, "CAN works on Linux alone, by its SocketCAN");
        }
        var bus = new SocketCan(name, -1);
        try {
            bus.open(fd);
            return bus;
        } catch (RobotException failure) {
            bus.close();
            throw failure;
        } catch (Throwable impossible) {
            bus.close();
            throw new IllegalStateException(impossible);
        }
    }

    private void open(boolean fd) throws Throwable {
        use((int) SOCKET.invokeExact(errno, PF_CAN, SOCK_RAW, CAN_RAW));
        if (socket < 0) {
            throw new RobotException(Kind.REFUSED, "this kernel has no CAN (errno " + errno()
                    + "); load its modules: sudo modprobe can_raw");
        }
        int index = (int) INDEX.invokeExact(errno, arena.allocateFrom(name));
        if (index == 0) {
            throw new RobotException(Kind.DISCONNECTED, "there is no CAN interface '" + name
                    + "'; 'ip -brief link show type can' lists them");
        }
        if (fd) {
            MemorySegment on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            if ((int) SET_OPTION.invokeExact(errno, socket, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, on, 4) < 0) {
                throw new RobotException(Kind.REFUSED, "CAN interface '" + name + "' takes no CAN FD (errno " + errno()
                        + ")");
            }
        }
        MemorySegment address = arena.allocate(24, 8); // struct sockaddr_can
        address.set(ValueLayout.JAVA_SHORT, 0, (short) PF_CAN);
        address.set(ValueLayout.JAVA_INT, 4, index);
        if ((int) BIND.invokeExact(errno, socket, address, 24) < 0) {
            throw new RobotException(Kind.DISCONNECTED,
                    "CAN interface '" + name + "' cannot be used (errno " + errno() + ")");
        }
    }

    private int errno() {
        return (int) ERRNO.get(errno, 0L);
    }

    @Override
    public void send(CanFrame frame) {
        requireOpen();
        int flags = (frame.extended ? EXTENDED_FLAG : 0) | (frame.remote ? REMOTE_FLAG : 0);
        out.set(ValueLayout.JAVA_INT, 0, frame.id | flags);
        out.set(ValueLayout.JAVA_BYTE, 4, (byte) frame.length);
        out.set(ValueLayout.JAVA_BYTE, 5, frame.fd ? BIT_RATE_SWITCH : 0);
        MemorySegment.copy(frame.data, 0, out, ValueLayout.JAVA_BYTE, HEADER, frame.length);
        long bytes = frame.fd ? FD_BYTES : CLASSIC_BYTES;
        if (transfer(SEND, out, bytes) == bytes) {
            return;
        }
        switch (errno()) {
            case ENOBUFS, EAGAIN -> throw new RobotException(Kind.TIMEOUT,
                    "nothing on CAN interface '" + name
                            + "' acknowledges frames: is the bus powered, terminated, and at its bit rate?");
            case EINVAL -> throw new RobotException(Kind.REFUSED,
                    "CAN interface '" + name + "' takes no CAN FD; set it up with 'ip link set " + name
                            + " mtu 72 fd on'");
            default -> throw gone();
        }
    }

    @Override
    public boolean receive(CanFrame target, long deadline) {
        requireOpen();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            poll.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
            int ready;
            try {
                ready = (int) POLL.invokeExact(errno, poll, 1L, (int) Math.min(1000, (left + 999_999) / 1_000_000));
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
            if (ready > 0 && take(target)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
    }

    /// Reads what has come.
    ///
    /// @return false where that is no frame of somebody else after all
    private boolean take(CanFrame target) {
        long bytes = transfer(RECEIVE, in, FD_BYTES);
        if (bytes < 0 && errno() == EAGAIN) {
            return false;
        }
        if (bytes < CLASSIC_BYTES) {
            throw gone();
        }
        return take(target, bytes);
    }

    private boolean take(CanFrame target, long bytes) {
        int id = in.get(ValueLayout.JAVA_INT, 0);
        target.fd = bytes == FD_BYTES;
        target.extended = (id & EXTENDED_FLAG) != 0;
        target.remote = (id & REMOTE_FLAG) != 0;
        target.id = id & (target.extended ? EXTENDED_MASK : STANDARD_MASK);
        target.length = Math.min(in.get(ValueLayout.JAVA_BYTE, 4) & 0xFF, target.fd ? 64 : 8);
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, HEADER, target.data, 0, target.length);
        return (id & ERROR_FLAG) == 0;
    }

    private long transfer(MethodHandle function, MemorySegment buffer, long bytes) {
        try {
            long result;
            do {
                result = (long) function.invokeExact(errno, socket, buffer, bytes, MSG_DONTWAIT);
            } while (result < 0 && errno() == EINTR);
            return result;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void requireOpen() {
        if (socket < 0) {
            throw gone();
        }
    }

    private RobotException gone() {
        return new RobotException(Kind.DISCONNECTED,
                "CAN interface '" + name + "' is gone or down; is its adapter plugged in, and 'ip link set " + name
                        + " up' done?");
    }

    @Override
    public void close() {
        if (socket >= 0) {
            try {
                int ignored = (int) CLOSE.invokeExact(errno, socket);
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
            socket = -1;
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }
}
