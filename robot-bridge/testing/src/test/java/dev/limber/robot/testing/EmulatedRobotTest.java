package dev.limber.robot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class EmulatedRobotTest {

    /// Their answers are more than any system keeps for who does not read them.
    private static final int WRITES = 20_000;

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void whoWritesAndNeverReadsDoesNotHoldTheMechanismUp() throws IOException {
        var writer = new PacketWriter(64);
        writer.begin(1, Instruction.WRITE).put16(ControlTable.LED).put8(1).end();
        try (var device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()), new JBulletEngine());
                OutputStream line = Files.newOutputStream(device.path())) {
            for (int i = 0; i < WRITES; i++) {
                line.write(writer.bytes(), 0, writer.length());
            }
            assertEquals(2, device.positions().length);
        }
    }
}
