package dev.limber.robot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.serial.SerialLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudoTerminalTest {

    private static final long PATIENCE = 2_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {9600, 57_600, 1_000_000, 4_500_000})
    void everyByteGoesThroughUnchangedBothWaysAtAnyBaud(int baud) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] read = new byte[512];
        try (var terminal = new PseudoTerminal();
                var line = new SerialLine(terminal.path().toString(), baud)) {
            line.write(all, all.length);
            for (int got = 0; got < all.length;) {
                int count = terminal.read(read, PATIENCE);
                for (int i = 0; i < count; i++) {
                    assertEquals(all[got++], read[i]);
                }
            }
            terminal.write(all, 0, all.length);
            for (int got = 0; got < all.length;) {
                int count = line.read(read, System.nanoTime() + PATIENCE);
                for (int i = 0; i < count; i++) {
                    assertEquals(all[got++], read[i]);
                }
            }
        }
    }

    @Test
    void whatWasDiscardedIsNotRead() {
        byte[] bytes = {1, 2, 3};
        try (var terminal = new PseudoTerminal();
                var line = new SerialLine(terminal.path().toString(), 1_000_000)) {
            terminal.write(bytes, 0, 3);
            assertEquals(3, line.read(new byte[3], System.nanoTime() + PATIENCE));
            terminal.write(bytes, 0, 3);
            line.discard();
            assertEquals(0, line.read(new byte[3], System.nanoTime()));
        }
    }

    @Test
    void aDeviceThatWasPulledIsReportedGone() {
        var terminal = new PseudoTerminal();
        try (var line = new SerialLine(terminal.path().toString(), 1_000_000)) {
            terminal.close();
            for (org.junit.jupiter.api.function.Executable call : new org.junit.jupiter.api.function.Executable[] {
                () -> line.read(new byte[3], System.nanoTime() + PATIENCE), line::discard,
                () -> line.write(new byte[3], 3)}) {
                assertEquals(Kind.DISCONNECTED, assertThrows(RobotException.class, call).kind());
            }
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        var thrown = assertThrows(RobotException.class, () -> new SerialLine("/dev/no-such-device", 1_000_000));
        assertEquals(Kind.DISCONNECTED, thrown.kind());
        assertEquals("there is no serial device /dev/no-such-device; is it plugged in?", thrown.getMessage());
    }
}
