package dev.limber.robot.serial.feetech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Packets as Feetech prints them in the examples of its protocol manual, and noise.
class FeetechPacketTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private static String hex(FeetechWriter writer) {
        return HEX.formatHex(writer.bytes(), 0, writer.length());
    }

    @Test
    void packetsAreThoseOfTheManual() {
        var writer = new FeetechWriter();
        assertEquals("FF FF 01 02 01 FB", hex(writer.begin(1, FeetechTable.PING).end()));
        assertEquals("FF FF 01 02 00 FC", hex(writer.begin(1, 0).end()));
        assertEquals("FF FF 01 04 02 38 02 BE", hex(writer.begin(1, FeetechTable.READ).put8(0x38).put8(2).end()));
        assertEquals("FF FF FE 04 03 05 01 F4", hex(writer.begin(0xfe, FeetechTable.WRITE).put8(5).put8(1).end()));
    }

    @Test
    void signedNumbersComeBack() {
        for (int value : new int[] {0, 1, -1, 2048, -2048, 32767, -32767}) {
            assertEquals(value,
                    FeetechTable.signed(FeetechTable.raw(value, FeetechTable.SIGN_BIT), FeetechTable.SIGN_BIT));
        }
    }

    @Test
    void aWholePacketIsFoundAfterAnyNoise() {
        var random = new SeededRandom(3);
        var parser = new FeetechParser();
        var writer = new FeetechWriter();
        byte[] noise = new byte[30];
        int hidden = 0;
        for (int round = 0; round < 100_000; round++) {
            random.nextBytes(noise);
            parser.accept(noise, 0, random.nextInt(noise.length));
            while (parser.next()) {
                // By chance.
            }
            writer.begin(9, 0).put16(round).put16(round >> 16).end();
            parser.accept(writer.bytes(), 0, writer.length());
            boolean found = false;
            while (parser.next()) {
                found |= parser.id() == 9 && parser.parameters() == 4 && parser.u16(0) == (round & 0xffff);
            }
            hidden += found ? 0 : 1;
        }
        assertTrue(hidden < 10, hidden + " whole packets hidden");
        assertFalse(parser.next());
    }
}
