package dev.limber.robot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.serial.SerialLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudoTerminalTest {

    private static final long PATIENCE = 2_000_000_000L;
    /// Nothing is on its way where nothing comes for so long [ns].
    private static final long QUIET = 200_000_000;

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
            assertEquals(1, line.read(new byte[1], System.nanoTime() + PATIENCE), "the others are there too");
            line.discard();
            assertEquals(0, line.read(new byte[3], System.nanoTime()));
        }
    }

    @Test
    void afterItsDeadlineALineIsReadOnceAndNoMore() {
        try (var terminal = new PseudoTerminal();
                var line = new SerialLine(terminal.path().toString(), 1_000_000)) {
            terminal.write(new byte[9], 0, 9);
            assertEquals(3, line.read(new byte[3], System.nanoTime() + PATIENCE));
            long over = System.nanoTime();
            assertEquals(3, line.read(new byte[3], over), "it may have come in time");
            assertEquals(0, line.read(new byte[3], over));
            assertEquals(3, line.read(new byte[3], over + 1), "another deadline");
        }
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void whatNobodyReadsIsLostAndHoldsNobodyUp() {
        byte[] bytes = new byte[4096];
        try (var terminal = new PseudoTerminal();
                var line = new SerialLine(terminal.path().toString(), 1_000_000)) {
            for (int i = 0; i < 100; i++) {
                terminal.write(bytes, 0, bytes.length);
            }
            int left = 0;
            for (int count = 1; count > 0; left += count) {
                count = line.read(bytes, System.nanoTime() + QUIET);
            }
            assertTrue(left > 0 && left < 100 * bytes.length, left + " bytes");
            terminal.write(bytes, 0, 3);
            assertEquals(3, line.read(bytes, System.nanoTime() + PATIENCE));
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
