package dev.limber.robot.can;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class SocketCanTest {

    private static final String VCAN = "vcan0";
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    @Test
    void missingInterfaceIsOneLine() {
        var failure = assertThrows(RobotException.class, () -> SocketCan.open("nocan7", true).close());
        assertTrue(failure.getMessage().contains("nocan7") || failure.getMessage().contains("no CAN"),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
    }

    /// A pair of sockets in the place of a bus whose other end acknowledges nothing. Whoever waits in the kernel is not heard of again.
    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void framesThatNobodyTakesAreATimeoutAndNoWait() throws Throwable {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        int[] sockets = socketPair();
        try (CanBus one = new SocketCan("pair0", sockets[0]);
                CanBus other = new SocketCan("pair1", sockets[1])) {
            var frame = new CanFrame().begin(1, false).u8(7);
            assertFalse(other.receive(new CanFrame(), System.nanoTime()));
            var failure = assertThrows(RobotException.class, () -> {
                while (true) {
                    one.send(frame);
                }
            });
            assertEquals(Kind.TIMEOUT, failure.kind());
            var heard = new CanFrame();
            assertTrue(other.receive(heard, System.nanoTime()));
            assertEquals(7, heard.u8At(0));
            one.send(frame);
        }
    }

    @SuppressWarnings("restricted") // calls the system
    private static int[] socketPair() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle function = linker.downcallHandle(linker.defaultLookup().findOrThrow("socketpair"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
            assertEquals(0, (int) function.invokeExact(AF_UNIX, SOCK_DGRAM, 0, pair));
            return pair.toArray(ValueLayout.JAVA_INT);
        }
    }

    @Test
    void framesCrossAVirtualBusUnchanged() {
        assumeTrue(Files.exists(Path.of("/sys/class/net", VCAN)), "there is no " + VCAN
                + " here; with a kernel that has it: sudo modprobe vcan && sudo ip link add dev " + VCAN
                + " type vcan && sudo ip link set " + VCAN + " mtu 72 up");
        try (CanBus one = SocketCan.open(VCAN, true);
                CanBus other = SocketCan.open(VCAN, true)) {
            var sent = new CanFrame();
            var heard = new CanFrame();
            for (int length : new int[] {0, 1, 8, 12, 64}) {
                for (int id : new int[] {0x001, 0x7FF, 0x8001}) {
                    sent.begin(id, length > 8);
                    for (int i = 0; i < length; i++) {
                        sent.u8(i * 37);
                    }
                    one.send(sent);
                    assertTrue(other.receive(heard, System.nanoTime() + 2_000_000_000L));
                    assertEquals(sent.id, heard.id);
                    assertEquals(sent.extended, heard.extended);
                    assertEquals(sent.fd, heard.fd);
                    assertArrayEquals(Arrays.copyOf(sent.data, length), Arrays.copyOf(heard.data, heard.length));
                }
            }
            assertFalse(other.receive(heard, System.nanoTime()));
        }
    }
}
