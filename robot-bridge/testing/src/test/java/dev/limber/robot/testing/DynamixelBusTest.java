package dev.limber.robot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.serial.dynamixel.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What emulated servos answer, packet by packet: servo 1 is an XM430-W210, servo 2 an XL330-M077.
class DynamixelBusTest {

    private static final long MILLISECOND = 1_000_000;

    private final PacketWriter writer = new PacketWriter(512);
    private DynamixelBus bus;
    private long now;
    private long delay;

    private record Status(int id, int error, List<Integer> data) {

        int number() {
            int value = 0;
            for (int i = 0; i < data.size(); i++) {
                value |= data.get(i) << 8 * i;
            }
            return value;
        }
    }

    @BeforeEach
    void powerUp() {
        bus = new DynamixelBus(Rig.cartPole());
        step(1);
    }

    private void step(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            now += MILLISECOND;
            bus.step(now, 0.001, new double[2], new double[2], new double[2]);
        }
    }

    private List<Status> ask(int id, int instruction, UnaryOperator<PacketWriter> parameters) {
        parameters.apply(writer.begin(id, instruction)).end();
        return send(writer.bytes(), writer.length());
    }

    private List<Status> send(byte[] bytes, int count) {
        List<Status> answers = new ArrayList<>();
        bus.receive(bytes, count, now, (answer, length, nanos) -> {
            var parser = new PacketParser(512);
            parser.accept(answer, 0, length);
            assertTrue(parser.next(), "a whole packet");
            List<Integer> data = new ArrayList<>();
            for (int i = 1; i < parser.parameters(); i++) {
                data.add(parser.u8(i));
            }
            delay = nanos;
            answers.add(new Status(parser.id(), parser.u8(0), data));
        });
        return answers;
    }

    private int write(int id, int address, int size, int value) {
        List<Status> answers = ask(id, Instruction.WRITE,
                w -> size == 1 ? w.put16(address).put8(value)
                        : size == 2 ? w.put16(address).put16(value & 0xffff)
                                : w.put16(address).put32(value));
        return answers.isEmpty() ? -1 : answers.getFirst().error;
    }

    private int read(int id, int address, int size) {
        return ask(id, Instruction.READ, w -> w.put16(address).put16(size)).getFirst().number();
    }

    @ParameterizedTest(name = "{0}, {1} bytes at {2} := {3}: error {4}")
    @CsvSource({"LED, 1, 65, 1, 0", "LED out of range, 1, 65, 2, 4", "half a goal position, 2, 116, 100, 5",
        "goal position beyond its limit, 4, 116, 5000, 6", "goal current beyond its limit, 2, 102, 1194, 6",
        "goal velocity beyond its limit, 4, 104, -331, 6", "present position, 4, 132, 0, 7", "model, 2, 0, 1, 7",
        "between registers, 1, 99, 0, 7", "beyond the table, 1, 2000, 0, 7", "middle of a register, 2, 117, 0, 5",
        "a mode that there is not, 1, 11, 2, 4", "watchdog, 1, 98, 127, 0", "watchdog too long, 1, 98, 128, 4"})
    void writesAreRefusedWithTheErrorOfTheManual(String what, int size, int address, int value, int error) {
        assertEquals(error, write(1, address, size, value));
    }

    @Test
    void whatIsKeptWithoutPowerIsLockedWhileThereIsTorque() {
        assertEquals(0, write(1, ControlTable.TORQUE_ENABLE, 1, 1));
        assertEquals(StatusError.ACCESS, write(1, ControlTable.OPERATING_MODE, 1, ControlTable.MODE_VELOCITY));
        assertEquals(0, write(1, ControlTable.TORQUE_ENABLE, 1, 0));
        assertEquals(0, write(1, ControlTable.OPERATING_MODE, 1, ControlTable.MODE_VELOCITY));
    }

    @Test
    void broadcastPingIsAnsweredByAllAndBroadcastWritesByNobody() {
        assertEquals(List.of(1, 2), ask(254, Instruction.PING, w -> w).stream().map(Status::id).toList());
        assertEquals(List.of(), ask(254, Instruction.WRITE, w -> w.put16(ControlTable.LED).put8(1)));
        assertEquals(1, read(1, ControlTable.LED, 1));
        assertEquals(1, read(2, ControlTable.LED, 1));
        assertEquals(List.of(), ask(254, Instruction.READ, w -> w.put16(0).put16(2)));
        assertEquals(List.of(), ask(9, Instruction.PING, w -> w));
    }

    @Test
    void statusReturnLevelSaysWhatIsAnswered() {
        write(1, ControlTable.STATUS_RETURN_LEVEL, 1, 1);
        assertEquals(-1, write(1, ControlTable.LED, 1, 1), "writes are silent");
        assertEquals(1, read(1, ControlTable.LED, 1));
        write(1, ControlTable.STATUS_RETURN_LEVEL, 1, 0);
        assertEquals(List.of(), ask(1, Instruction.READ, w -> w.put16(0).put16(2)), "reads are silent");
        assertEquals(1, ask(1, Instruction.PING, w -> w).size());
    }

    @Test
    void registeredWritesWaitForTheAction() {
        assertEquals(StatusError.INSTRUCTION, ask(1, Instruction.ACTION, w -> w).getFirst().error);
        assertEquals(0, ask(1, Instruction.REG_WRITE, w -> w.put16(ControlTable.LED).put8(1)).getFirst().error);
        assertEquals(0, read(1, ControlTable.LED, 1));
        assertEquals(1, read(1, ControlTable.REGISTERED_INSTRUCTION, 1));
        assertEquals(0, ask(1, Instruction.ACTION, w -> w).getFirst().error);
        assertEquals(1, read(1, ControlTable.LED, 1));
        assertEquals(0, read(1, ControlTable.REGISTERED_INSTRUCTION, 1));
    }

    @Test
    void togetherReadsAreAnsweredInTheirOrderUpToTheFirstThatIsMissing() {
        assertEquals(List.of(2, 1), ask(254, Instruction.SYNC_READ, w -> w.put16(132).put16(4).put8(2).put8(1)).stream()
                .map(Status::id).toList());
        assertEquals(List.of(1),
                ask(254, Instruction.SYNC_READ, w -> w.put16(132).put16(4).put8(1).put8(9).put8(2)).stream()
                        .map(Status::id).toList());
        assertEquals(List.of(120, 30),
                ask(254, Instruction.BULK_READ,
                        w -> w.put8(1).put16(144).put16(2).put8(2).put16(146).put16(1)).stream().map(Status::number)
                                .toList());
    }

    @Test
    void togetherWritesReachTheServosTheyName() {
        assertEquals(List.of(), ask(254, Instruction.SYNC_WRITE,
                w -> w.put16(ControlTable.LED).put16(1).put8(2).put8(1)));
        assertEquals(0, read(1, ControlTable.LED, 1));
        assertEquals(1, read(2, ControlTable.LED, 1));
        ask(254, Instruction.BULK_WRITE, w -> w.put8(1).put16(ControlTable.LED).put16(1).put8(1).put8(2)
                .put16(ControlTable.PROFILE_VELOCITY).put16(4).put32(77));
        assertEquals(1, read(1, ControlTable.LED, 1));
        assertEquals(77, read(2, ControlTable.PROFILE_VELOCITY, 4));
    }

    @Test
    void fastReadsAreAnsweredByOnePacketWithTheErrorOfEach() {
        Status answer = ask(254, Instruction.FAST_SYNC_READ, w -> w.put16(132).put16(4).put8(1).put8(2)).getFirst();
        assertEquals(254, answer.id);
        assertEquals(0, answer.error);
        assertEquals(2 * (4 + 4) - 3, answer.data.size(), "without the first error and the last check sum");
        assertEquals(1, answer.data.getFirst());
        assertEquals(2, answer.data.get(8), "id of the second, after position, check sum and error of the first");
    }

    @Test
    void aDamagedInstructionIsAnsweredAsOne() {
        writer.begin(1, Instruction.PING).end();
        byte[] bytes = writer.bytes().clone();
        bytes[writer.length() - 1] ^= 0x10;
        assertEquals(List.of(new Status(1, StatusError.CRC, List.of())), send(bytes, writer.length()));
    }

    @Test
    void anUnknownInstructionIsAnsweredAsOne() {
        assertEquals(StatusError.INSTRUCTION, ask(1, 0x77, w -> w).getFirst().error);
    }

    @Test
    void answersWaitForTheReturnDelay() {
        write(1, ControlTable.RETURN_DELAY_TIME, 1, 250);
        read(1, 0, 2);
        assertEquals(500_000, delay);
    }

    @Test
    void theWatchdogStopsAndLocksGoalsUntilItIsCleared() {
        write(1, ControlTable.OPERATING_MODE, 1, ControlTable.MODE_VELOCITY);
        write(1, ControlTable.TORQUE_ENABLE, 1, 1);
        write(1, ControlTable.GOAL_VELOCITY, 4, 50);
        write(1, ControlTable.BUS_WATCHDOG, 1, 5);
        step(99);
        assertEquals(50, read(1, ControlTable.GOAL_VELOCITY, 4));
        step(102);
        assertEquals(ControlTable.WATCHDOG_STRUCK, read(1, ControlTable.BUS_WATCHDOG, 1));
        assertEquals(0, read(1, ControlTable.GOAL_VELOCITY, 4));
        assertEquals(StatusError.DATA_RANGE, write(1, ControlTable.GOAL_VELOCITY, 4, 50));
        assertEquals(StatusError.DATA_RANGE, write(1, ControlTable.GOAL_POSITION, 4, 50));
        assertEquals(0, write(1, ControlTable.PROFILE_ACCELERATION, 4, 50), "a profile is no goal");
        assertEquals(0, write(1, ControlTable.PROFILE_VELOCITY, 4, 50));
        assertEquals(0, write(1, ControlTable.BUS_WATCHDOG, 1, 0));
        assertEquals(0, write(1, ControlTable.GOAL_VELOCITY, 4, 50));
    }

    @Test
    void anOverloadShutsDownRaisesTheAlertAndEndsWithAReboot() {
        write(1, ControlTable.TORQUE_ENABLE, 1, 1);
        assertTrue(bus.energised());
        bus.overload(1);
        assertFalse(bus.energised());
        Status answer = ask(1, Instruction.READ, w -> w.put16(ControlTable.HARDWARE_ERROR_STATUS).put16(1)).getFirst();
        assertEquals(StatusError.ALERT, answer.error);
        assertEquals("overload", StatusError.hardware(answer.number()));
        assertEquals(StatusError.ALERT | StatusError.RESULT_FAIL, write(1, ControlTable.TORQUE_ENABLE, 1, 1));
        ask(1, Instruction.REBOOT, w -> w);
        assertEquals(0, write(1, ControlTable.TORQUE_ENABLE, 1, 1));
    }

    @Test
    void indirectDataShowAndWriteWhatTheirAddressesName() {
        for (int i = 0; i < 4; i++) {
            write(1, 168 + 2 * i, 2, ControlTable.PROFILE_VELOCITY + i);
        }
        assertEquals(0, ask(1, Instruction.WRITE, w -> w.put16(224).put32(1234)).getFirst().error);
        assertEquals(1234, read(1, ControlTable.PROFILE_VELOCITY, 4));
        assertEquals(1234, read(1, 224, 4));
    }

    /// The manual's own example of a secondary id.
    @Test
    void aSecondaryIdIsHeardByAllThatHaveItAndAnsweredByNone() {
        List<Integer> ids = List.of(1, 2, 3, 4, 5);
        bus = new DynamixelBus(new Rig("five", "", Rig.arm().model(), Rig.arm().options(),
                ids.stream().map(id -> new Rig.Mount("joint" + id, id, 1030, 1, 0, 0, true)).toList(), false));
        ids.forEach(id -> assertEquals(0, write(id, ControlTable.SECONDARY_ID, 1, 5)));
        assertEquals(0, write(1, ControlTable.LED, 1, 1));
        assertEquals(List.of(1, 0, 0, 0, 0), leds(ids));
        assertEquals(List.of(new Status(5, 0, List.of())),
                ask(5, Instruction.WRITE, w -> w.put16(ControlTable.LED).put8(1)));
        assertEquals(List.of(1, 1, 1, 1, 1), leds(ids));
        ids.forEach(id -> write(id, ControlTable.SECONDARY_ID, 1, 100));
        assertEquals(-1, write(100, ControlTable.LED, 1, 0), "nobody answers");
        assertEquals(List.of(0, 0, 0, 0, 0), leds(ids));
    }

    @Test
    void aSecondaryIdChangesNothingThatIsKeptWithoutPowerAndAsksNothing() {
        write(1, ControlTable.SECONDARY_ID, 1, 100);
        assertEquals(-1, write(100, ControlTable.OPERATING_MODE, 1, ControlTable.MODE_VELOCITY));
        assertEquals(ControlTable.MODE_POSITION, read(1, ControlTable.OPERATING_MODE, 1));
        assertEquals(List.of(), ask(100, Instruction.PING, w -> w));
        assertEquals(List.of(), ask(100, Instruction.READ, w -> w.put16(0).put16(2)));
        write(1, ControlTable.SECONDARY_ID, 1, 253);
        ask(253, Instruction.WRITE, w -> w.put16(ControlTable.LED).put8(1));
        assertEquals(0, read(1, ControlTable.LED, 1), "253 is none");
    }

    private List<Integer> leds(List<Integer> ids) {
        return ids.stream().map(id -> read(id, ControlTable.LED, 1)).toList();
    }

    @Test
    void aChangedIdIsAnsweredByTheOldOneAndHeardByTheNew() {
        List<Status> answers = ask(1, Instruction.WRITE, w -> w.put16(ControlTable.ID).put8(7));
        assertEquals(List.of(new Status(1, 0, List.of())), answers);
        assertEquals(1030, read(7, ControlTable.MODEL_NUMBER, 2));
        assertEquals(List.of(), ask(1, Instruction.PING, w -> w));
    }
}
