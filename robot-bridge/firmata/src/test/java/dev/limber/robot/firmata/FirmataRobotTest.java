package dev.limber.robot.firmata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.testing.robot.RobotContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirmataRobotTest extends RobotContract {

    private static final double READING = Math.PI / 1023;

    private BoardEmulator board;

    @BeforeEach
    void plugIn() {
        board = new BoardEmulator();
    }

    @AfterEach
    void end() {
        board.close();
    }

    private Robot robot(String joints) {
        return new FirmataRobotFactory().create(board.device(), Options.of(Map.of("joints", joints, "cycle", 0.1)));
    }

    @Override
    protected Robot robot() {
        return robot("shoulder:9:-1.5:1.5:A0,elbow:10:-1:1:A1,gauge:A1");
    }

    @Override
    protected double tolerance() {
        return READING;
    }

    @Override
    protected Optional<Boolean> energised() {
        try {
            return Optional.of(board.attached());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Override
    protected boolean unplug() {
        board.close();
        return true;
    }

    @Test
    void servosGoWhereTheyAreToldToMicroseconds() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            double[] applied = new double[3];
            robot.send(new double[] {0.5, -9, 0}, applied);
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                while (board.pulse(0) != 1767) {
                    LockSupport.parkNanos(1_000_000);
                }
            });
            assertEquals(0.5, applied[0], Math.PI / (2400 - 544) / 2);
            assertEquals(-1, applied[1], Math.PI / (2400 - 544));
            assertTrue(applied[1] >= -1);
            JointStates states = JointStates.ofJoints(3);
            robot.read(states);
            assertEquals(applied[0], states.positions()[0], READING);
            assertEquals(states.positions()[1], states.positions()[2], 1e-12, "both are A1");
        }
    }

    @Test
    void servoWithoutFeedbackIsWhereItWasTold() {
        try (Robot robot = robot("shoulder:9:-1.5:1.5")) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            double[] applied = new double[1];
            robot.send(new double[] {0.7}, applied);
            JointStates states = JointStates.ofJoints(1);
            robot.read(states);
            assertEquals(applied[0], states.positions()[0]);
        }
    }

    @Test
    void pinThatCannotDriveAServoIsRefused() {
        try (Robot robot = robot("shoulder:18:-1:1")) {
            var refused = assertThrows(RobotException.class, robot::connect);
            assertEquals(Kind.REFUSED, refused.kind());
            assertTrue(refused.getMessage().contains("pin 18"), refused.getMessage());
        }
    }

    @Test
    void silenceIsATimeoutThatNamesTheInput() {
        try (Robot robot = robot()) {
            robot.connect();
            board.fallSilent();
            JointStates states = JointStates.ofJoints(3);
            var failure = assertThrows(RobotException.class, () -> {
                while (true) {
                    robot.read(states);
                }
            });
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(failure.getMessage().contains("A"), failure.getMessage());
        }
    }

    @Test
    void nextReadingIsGoodAfterAnyNoise() {
        var random = new SeededRandom(9);
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            JointStates states = JointStates.ofJoints(3);
            for (int round = 0; round < 200; round++) {
                byte[] noise = new byte[1 + random.nextInt(40)];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = (byte) random.nextInt(256);
                }
                // Noise may say a reading by chance; the one after it is true.
                noise[noise.length - 1] = (byte) 0xFF;
                board.disturb(noise);
                robot.read(states);
                robot.read(states);
                robot.read(states);
                assertEquals(states.positions()[1], states.positions()[2], 1e-12);
            }
        }
    }

    @Test
    void noBytesMakeTheParserThrowAndTheNextMessageIsFound() {
        var random = new SeededRandom(4);
        var heard = new FirmataListener() {
            private int channel = -1;
            private int value;

            @Override
            public void version(int major, int minor) {}

            @Override
            public void analog(int at, int reading) {
                channel = at;
                value = reading;
            }

            @Override
            public void sysex(int command, byte[] data, int offset, int length) {
                assertTrue(offset + length <= data.length);
            }
        };
        var parser = new FirmataParser(heard);
        byte[] noise = new byte[3000];
        for (int round = 0; round < 1000; round++) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) random.nextInt(round % 2 == 0 ? 256 : 128);
            }
            parser.accept(noise, random.nextInt(noise.length));
            heard.channel = -1;
            parser.accept(new byte[] {(byte) 0xE3, 5, 2}, 3);
            assertEquals(3, heard.channel);
            assertEquals(5 + 2 * 128, heard.value);
        }
    }

    @Test
    void wiringThatCannotBeIsOneLine() {
        assertTrue(assertThrows(UsageException.class, () -> robot("a:9:-1")).getMessage().contains("'a:9:-1'"));
        assertTrue(assertThrows(UsageException.class, () -> robot("a:9:-3:3")).getMessage().contains("travel"));
        assertTrue(assertThrows(UsageException.class, () -> robot("")).getMessage().contains("set joints="));
    }
}
