package dev.limber.robot.dynamixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.robot.RobotException;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.testing.PseudoTerminal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

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

    /// Whoever listens for as long as somebody talks never returns.
    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void anotherServoThatTalksWithoutEndHoldsNothingUp() throws InterruptedException {
        var ended = new AtomicBoolean();
        var writer = new PacketWriter(64);
        writer.begin(9, Instruction.STATUS).put8(0).put8(MODE).end();
        byte[] many = new byte[100 * writer.length()];
        for (int i = 0; i < many.length; i++) {
            many[i] = writer.bytes()[i % writer.length()];
        }
        try (var terminal = new PseudoTerminal();
                var bus = new BusMaster(new SerialLine(terminal.path().toString(), BAUD), BAUD, 0.005)) {
            Thread thread = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    terminal.write(many, 0, many.length);
                }
            });
            try {
                bus.hurry(true);
                assertThrows(RobotException.class, () -> bus.read(1, ControlTable.OPERATING_MODE, 1));
                assertThrows(RobotException.class, () -> bus.readTogether(new int[] {1, 2},
                        ControlTable.OPERATING_MODE, 1, false, new byte[2], new int[2]));
                assertThrows(RobotException.class, () -> bus.readTogether(new int[] {1, 2},
                        ControlTable.OPERATING_MODE, 1, true, new byte[2], new int[2]));
            } finally {
                ended.set(true);
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
