package dev.limber.robot.can;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.robot.RobotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SocketCanTest {

    private static final String VCAN = "vcan0";

    @Test
    void missingInterfaceIsOneLine() {
        var failure = assertThrows(RobotException.class, () -> SocketCan.open("nocan7", true).close());
        assertTrue(failure.getMessage().contains("nocan7") || failure.getMessage().contains("no CAN"),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
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
