package dev.limber.robot.dynamixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.ServoMount;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.serial.dynamixel.StatusError;
import dev.limber.robot.testing.PseudoTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StateReadingTest {

    private static final int BAUD = 4_000_000;

    @Test
    void aFaultThatCannotBeReadIsAFaultStill() throws InterruptedException {
        try (var terminal = new PseudoTerminal()) {
            var servo = new IllServo(terminal);
            Thread thread = Thread.ofPlatform().start(servo);
            try (var bus = new BusMaster(new SerialLine(terminal.path().toString(), BAUD), BAUD, 0.2)) {
                var lists = new ServoMount.Lists("1", "elbow", "", "", "", "", "");
                Servo[] servos = ServoMount.parse(lists, Instruction.MAX_ID).stream().map(Servo::new)
                        .toArray(Servo[]::new);
                var reading = new StateReading(bus, servos, false);
                var fault = assertThrows(RobotException.class, () -> reading.read(JointStates.ofJoints(1)));
                assertEquals(Kind.DRIVE_FAULT, fault.kind());
                assertEquals("joint 'elbow' (servo 1) reports a fault that could not be read; remove the cause, then "
                        + "switch its power off and on", fault.getMessage());
            } finally {
                servo.ended = true;
                thread.join();
            }
        }
    }

    /// Answers readings of all servos with an alert, and those of one servo not at all.
    private static final class IllServo implements Runnable {

        private final PseudoTerminal terminal;
        private final PacketParser parser = new PacketParser(256);
        private final PacketWriter writer = new PacketWriter(256);
        private final byte[] input = new byte[256];
        private volatile boolean ended;

        IllServo(PseudoTerminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            while (!ended) {
                parser.accept(input, 0, terminal.read(input, 20_000_000));
                while (parser.next()) {
                    if (parser.instruction() == Instruction.SYNC_READ) {
                        answer(parser.u16(2));
                    }
                }
            }
        }

        private void answer(int count) {
            writer.begin(1, Instruction.STATUS).put8(StatusError.ALERT);
            for (int i = 0; i < count; i++) {
                writer.put8(0);
            }
            writer.end();
            terminal.write(writer.bytes(), 0, writer.length());
        }
    }
}
