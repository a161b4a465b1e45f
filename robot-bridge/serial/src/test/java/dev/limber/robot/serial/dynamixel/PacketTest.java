package dev.limber.robot.serial.dynamixel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets as ROBOTIS prints them in the examples of its e-Manual, and packets that went through a bad line.
class PacketTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
    private static final int FUZZED = 1_000_000;

    static Stream<Arguments> examples() {
        return Stream.of(
                example("ping", "FF FF FD 00 01 03 00 01 19 4E", w -> w.begin(1, Instruction.PING).end()),
                example("broadcast ping", "FF FF FD 00 FE 03 00 01 31 42", w -> w.begin(254, Instruction.PING).end()),
                example("answer to a ping", "FF FF FD 00 01 07 00 55 00 06 04 26 65 5D",
                        w -> w.begin(1, Instruction.STATUS).put8(0).put16(1030).put8(38).end()),
                example("read", "FF FF FD 00 01 07 00 02 84 00 04 00 1D 15",
                        w -> w.begin(1, Instruction.READ).put16(132).put16(4).end()),
                example("answer to a read", "FF FF FD 00 01 08 00 55 00 A6 00 00 00 8C C0",
                        w -> w.begin(1, Instruction.STATUS).put8(0).put32(166).end()),
                example("write", "FF FF FD 00 01 09 00 03 74 00 00 02 00 00 CA 89",
                        w -> w.begin(1, Instruction.WRITE).put16(116).put32(512).end()),
                example("empty answer", "FF FF FD 00 01 04 00 55 00 A1 0C",
                        w -> w.begin(1, Instruction.STATUS).put8(0).end()),
                example("factory reset", "FF FF FD 00 01 04 00 06 01 A1 E6",
                        w -> w.begin(1, Instruction.FACTORY_RESET).put8(1).end()),
                example("reboot", "FF FF FD 00 01 03 00 08 2F 4E", w -> w.begin(1, Instruction.REBOOT).end()),
                example("clear", "FF FF FD 00 01 08 00 10 01 44 58 4C 22 B1 DC",
                        w -> w.begin(1, Instruction.CLEAR).put8(1).put32(0x224c5844).end()),
                example("sync read", "FF FF FD 00 FE 09 00 82 84 00 04 00 01 02 CE FA",
                        w -> w.begin(254, Instruction.SYNC_READ).put16(132).put16(4).put8(1).put8(2).end()),
                example("sync write",
                        "FF FF FD 00 FE 11 00 83 74 00 04 00 01 96 00 00 00 02 AA 00 00 00 82 87",
                        w -> w.begin(254, Instruction.SYNC_WRITE).put16(116).put16(4).put8(1).put32(150).put8(2)
                                .put32(170).end()),
                example("fast sync read of two", "FF FF FD 00 FE 09 00 8A 44 02 04 00 01 02 72 F2",
                        w -> w.begin(254, Instruction.FAST_SYNC_READ).put16(580).put16(4).put8(1).put8(2).end()),
                example("answer to a fast sync read",
                        "FF FF FD 00 FE 19 00 55 00 03 A6 00 00 00 84 08 00 07 1F 08 00 00 16 CA 00 04 FF 03 00 00 D1 9E",
                        w -> w.beginFast(3, 12).put8(0).put8(3).put32(166).crc().put8(0).put8(7).put32(2079).crc()
                                .put8(0).put8(4).put32(1023).crc()),
                example("bulk read", "FF FF FD 00 FE 0D 00 92 01 90 00 02 00 02 92 00 01 00 1A 05",
                        w -> w.begin(254, Instruction.BULK_READ).put8(1).put16(144).put16(2).put8(2).put16(146)
                                .put16(1).end()),
                example("bulk write", "FF FF FD 00 FE 10 00 93 01 20 00 02 00 A0 00 02 1F 00 01 00 50 B7 68",
                        w -> w.begin(254, Instruction.BULK_WRITE).put8(1).put16(32).put16(2).put16(160).put8(2)
                                .put16(31).put16(1).put8(80).end()),
                example("answer to a fast bulk read",
                        "FF FF FD 00 FE 14 00 55 00 03 A6 00 00 00 67 A4 00 07 A5 01 24 74 00 04 1F D9 C1",
                        w -> w.beginFast(3, 7).put8(0).put8(3).put32(166).crc().put8(0).put8(7).put16(421).crc().put8(0)
                                .put8(4).put8(31).crc()));
    }

    private static Arguments example(String name, String bytes, Consumer<PacketWriter> written) {
        return Arguments.of(name, bytes, written);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void packetsAreThoseOfTheManual(String name, String bytes, Consumer<PacketWriter> written) {
        var writer = new PacketWriter(64);
        written.accept(writer);
        assertEquals(bytes, HEX.formatHex(writer.bytes(), 0, writer.length()));
        var parser = new PacketParser(64);
        parser.accept(writer.bytes(), 0, writer.length());
        assertTrue(parser.next());
        assertEquals(writer.bytes()[4] & 0xff, parser.id());
        assertEquals(writer.bytes()[7] & 0xff, parser.instruction());
        assertEquals(writer.length() - 10, parser.parameters());
        assertFalse(parser.next());
    }

    @Test
    void aHeaderInTheParametersIsStuffedAndComesBack() {
        byte[] data = HEX.parseHex("FF FF FD 00 FF FF FD FD FF FF FF FD FD FF FF FD");
        var writer = new PacketWriter(64).begin(1, Instruction.WRITE);
        for (byte value : data) {
            writer.put8(value & 0xff);
        }
        writer.end();
        assertEquals(10 + data.length + 4, writer.length(), "four headers, one byte more each");
        var parser = new PacketParser(64);
        parser.accept(writer.bytes(), 0, writer.length());
        assertTrue(parser.next());
        byte[] back = new byte[parser.parameters()];
        for (int i = 0; i < back.length; i++) {
            back[i] = (byte) parser.u8(i);
        }
        assertArrayEquals(data, back);
    }

    @Test
    void aPacketThatComesByteForByteIsFoundWithItsLast() {
        var writer = new PacketWriter(64).begin(7, Instruction.WRITE).put16(116).put32(-5).end();
        var parser = new PacketParser(64);
        for (int i = 0; i < writer.length(); i++) {
            assertFalse(parser.next(), "before byte " + i);
            parser.accept(writer.bytes(), i, 1);
        }
        assertTrue(parser.next());
        assertEquals(-5, parser.s32(2));
    }

    /// Damaged packets of all kinds, one whole packet after each, which must be found whatever came before it. A check sum
    /// of 16 bits fits by chance once in 65,536 times: a packet that lacks its end may then take the first bytes of the next
    /// one for it.
    @Test
    void aMillionDamagedPacketsHideNoWholeOne() {
        var random = new SeededRandom(2026);
        var writer = new PacketWriter(256);
        var parser = new PacketParser(256);
        byte[] line = new byte[1024];
        long wrong = 0;
        int hidden = 0;
        int lastHidden = -2;
        for (int round = 0; round < FUZZED; round++) {
            int count = damaged(random, writer, line);
            parser.accept(line, 0, count);
            while (parser.next()) {
                wrong += parser.id() == 200 ? 1 : 0;
            }
            writer.begin(200, Instruction.STATUS).put8(0).put32(round).end();
            int split = random.nextInt(writer.length());
            parser.accept(writer.bytes(), 0, split);
            while (parser.next()) {
                wrong += parser.id() == 200 ? 1 : 0;
            }
            parser.accept(writer.bytes(), split, writer.length() - split);
            int found = 0;
            while (parser.next()) {
                if (parser.id() == 200 && parser.instruction() == Instruction.STATUS && parser.parameters() == 5
                        && parser.s32(1) == round) {
                    found++;
                }
            }
            if (found != 1) {
                hidden++;
                assertTrue(lastHidden != round - 1, "two whole packets hidden, " + round);
                lastHidden = round;
            }
        }
        assertTrue(hidden <= FUZZED >> 16, hidden + " whole packets hidden");
        assertEquals(0, wrong, "packets of id 200 that nobody sent");
    }

    /// A packet of random length and content with bytes lost, changed, doubled or cut off.
    private static int damaged(SeededRandom random, PacketWriter writer, byte[] line) {
        writer.begin(random.nextInt(100), random.nextInt(256));
        for (int i = random.nextInt(40); i > 0; i--) {
            writer.put8(random.nextInt(4) == 0 ? 0xff : random.nextInt(8) == 0 ? 0xfd : random.nextInt(256));
        }
        writer.end();
        int length = random.nextInt(8) == 0 ? random.nextInt(writer.length()) : writer.length();
        int count = 0;
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(24)) {
                case 0 -> {
                    /* lost */ }
                case 1 -> line[count++] = (byte) random.nextInt(256);
                case 2 -> {
                    line[count++] = writer.bytes()[i];
                    line[count++] = writer.bytes()[i];
                }
                default -> line[count++] = writer.bytes()[i];
            }
        }
        return count;
    }

    @Test
    void randomBytesAreNoPackets() {
        var random = new SeededRandom(7);
        var parser = new PacketParser(512);
        byte[] noise = new byte[4096];
        for (int round = 0; round < 1000; round++) {
            random.nextBytes(noise);
            parser.accept(noise, 0, 1 + random.nextInt(noise.length));
            assertFalse(parser.next());
        }
        Arrays.fill(noise, (byte) 0xff);
        parser.accept(noise, 0, noise.length);
        assertFalse(parser.next());
    }
}
