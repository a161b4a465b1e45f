package dev.limber.robot.dynamixel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.testing.PseudoTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BusMasterTest {

    private static final int BAUD = 4_000_000;
    private static final long LATE = 20_000_000;
    private static final int MODE = 4;
    private static final int TORQUE = 1;

    @Test
    void aLateAnswerToARepeatedRequestIsNotTakenForTheAnswerToTheNextOne() throws InterruptedException {
        try (var terminal = new PseudoTerminal()) {
            var servo = new LateServo(terminal);
            Thread thread = Thread.ofPlatform().start(servo);
            try (var bus = new BusMaster(new SerialLine(terminal.path().toString(), BAUD), BAUD, 0.005)) {
                assertEquals(MODE, bus.read(1, ControlTable.OPERATING_MODE, 1));
                assertEquals(TORQUE, bus.read(1, ControlTable.TORQUE_ENABLE, 1));
            } finally {
                servo.ended = true;
                thread.join();
            }
        }
    }

    /// Answers its first request only once it was repeated, and the repeated one a little later still.
    private static final class LateServo implements Runnable {

        private final PseudoTerminal terminal;
        private final PacketParser parser = new PacketParser(256);
        private final byte[] input = new byte[256];
        private volatile boolean ended;

        LateServo(PseudoTerminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            int requests = 0;
            while (!ended) {
                hear(LATE);
                while (parser.next()) {
                    switch (++requests) {
                        case 1 -> {
                        }
                        case 2 -> {
                            answer(MODE);
                            hear(LATE); // Until somebody asks for something else, or for some time.
                            answer(MODE);
                        }
                        default -> answer(parser.u16(0) == ControlTable.TORQUE_ENABLE ? TORQUE : MODE);
                    }
                }
            }
        }

        private void hear(long nanos) {
            parser.accept(input, 0, terminal.read(input, nanos));
        }

        private void answer(int value) {
            var writer = new PacketWriter(64);
            writer.begin(1, Instruction.STATUS).put8(0).put8(value).end();
            terminal.write(writer.bytes(), 0, writer.length());
        }
    }
}
