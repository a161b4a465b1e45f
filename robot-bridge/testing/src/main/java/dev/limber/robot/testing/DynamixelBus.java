package dev.limber.robot.testing;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.serial.dynamixel.StatusError;
import java.util.List;

/// Dynamixel servos of the X series on one line, as ROBOTIS' e-Manual describes what they answer.
final class DynamixelBus implements ServoBus {

    private static final int CAPACITY = 4096;
    private static final int ANSWERS_READS = 1;
    private static final int ANSWERS_ALL = 2;
    private static final int CLEAR_MAGIC = 0x224c5844;
    private static final int BACKUP_MAGIC = 0x4c525443;
    private static final double NANOS = 1e-9;

    private final List<DynamixelServo> servos;
    private final PacketParser parser = new PacketParser(CAPACITY);
    private final PacketWriter writer = new PacketWriter(CAPACITY);
    private final byte[] data = new byte[CAPACITY];
    private long lastPacket;
    private Answers answers;

    DynamixelBus(Rig rig) {
        servos = rig.mounts().stream().map(DynamixelServo::new).toList();
    }

    @Override
    public void receive(byte[] bytes, int count, long now, Answers target) {
        answers = target;
        parser.accept(bytes, 0, count);
        boolean found;
        do {
            found = parser.next();
            DynamixelServo damaged = servo(parser.damaged());
            if (damaged != null) {
                answer(damaged, StatusError.CRC, ANSWERS_ALL);
            }
            if (found && parser.instruction() != Instruction.STATUS) {
                lastPacket = now;
                obey();
            }
        } while (found);
    }

    private DynamixelServo servo(int id) {
        for (DynamixelServo servo : servos) {
            if (servo.id() == id) {
                return servo;
            }
        }
        return null;
    }

    private void obey() {
        for (int i = 0; i < parser.parameters(); i++) {
            data[i] = (byte) parser.u8(i);
        }
        int parameters = parser.parameters();
        boolean broadcast = parser.id() == Instruction.BROADCAST_ID;
        switch (parser.instruction()) {
            case Instruction.SYNC_READ, Instruction.FAST_SYNC_READ, Instruction.SYNC_WRITE, Instruction.BULK_READ,
                    Instruction.FAST_BULK_READ, Instruction.BULK_WRITE -> {
                if (broadcast) {
                    obeyTogether(parser.instruction(), parameters);
                } else if (servo(parser.id()) != null) {
                    answer(servo(parser.id()), StatusError.INSTRUCTION, ANSWERS_ALL);
                }
            }
            default -> {
                for (DynamixelServo servo : servos) {
                    if (broadcast || servo.id() == parser.id()) {
                        obey(servo, parser.instruction(), parameters, broadcast);
                    } else if (servo.inGroup(parser.id())) {
                        obeyInGroup(servo, parser.instruction(), parameters);
                    }
                }
            }
        }
    }

    private void obey(DynamixelServo servo, int instruction, int parameters, boolean broadcast) {
        switch (instruction) {
            case Instruction.PING -> ping(servo);
            case Instruction.READ -> {
                if (!broadcast) {
                    read(servo, parameters);
                }
            }
            default -> {
                // Who answers is who was asked, even where that changes its id or its mind about answering.
                int id = servo.id();
                int level = servo.registers.get(ControlTable.STATUS_RETURN_LEVEL);
                int error = obey(servo, instruction, parameters);
                if (!broadcast && level >= ANSWERS_ALL) {
                    writer.begin(id, Instruction.STATUS).put8(error | servo.alert()).end();
                    send(servo);
                }
            }
        }
    }

    /// Does what all servos with a secondary id are told: nobody answers, and what is kept without power stays as it is.
    private void obeyInGroup(DynamixelServo servo, int instruction, int parameters) {
        boolean writes = (instruction == Instruction.WRITE || instruction == Instruction.REG_WRITE)
                && parameters >= 2 && parser.u16(0) >= ControlTable.TORQUE_ENABLE;
        if (writes || instruction == Instruction.ACTION) {
            obey(servo, instruction, parameters);
        }
    }

    private int obey(DynamixelServo servo, int instruction, int parameters) {
        return switch (instruction) {
            case Instruction.WRITE -> parameters < 2 ? StatusError.DATA_LENGTH
                    : servo.write(parser.u16(0), data, 2, parameters - 2);
            case Instruction.REG_WRITE -> parameters < 2 ? StatusError.DATA_LENGTH
                    : servo.keep(parser.u16(0), data, 2, parameters - 2);
            case Instruction.ACTION -> servo.act();
            case Instruction.REBOOT -> {
                servo.reboot();
                yield 0;
            }
            case Instruction.FACTORY_RESET -> factoryReset(servo, parameters);
            case Instruction.CLEAR -> parameters == 5 && parser.u8(0) == 1 && parser.s32(1) == CLEAR_MAGIC
                    ? servo.clearTurns()
                    : StatusError.DATA_RANGE;
            case Instruction.BACKUP -> backup(servo, parameters);
            default -> StatusError.INSTRUCTION;
        };
    }

    private int factoryReset(DynamixelServo servo, int parameters) {
        int what = parameters == 1 ? parser.u8(0) : 0;
        boolean all = what == 0xff && parser.id() != Instruction.BROADCAST_ID;
        if (!all && what != 1 && what != 2) {
            return StatusError.DATA_RANGE;
        }
        if (servo.energised()) {
            return StatusError.RESULT_FAIL;
        }
        servo.registers.factoryReset(!all, what == 2);
        return 0;
    }

    private int backup(DynamixelServo servo, int parameters) {
        if (parameters != 5 || parser.s32(1) != BACKUP_MAGIC || parser.u8(0) < 1 || parser.u8(0) > 2) {
            return StatusError.DATA_RANGE;
        }
        if (servo.energised()) {
            return StatusError.RESULT_FAIL;
        }
        if (parser.u8(0) == 1) {
            servo.registers.backUp();
        } else {
            servo.registers.restore();
        }
        return 0;
    }

    private void ping(DynamixelServo servo) {
        writer.begin(servo.id(), Instruction.STATUS).put8(servo.alert())
                .put16(servo.registers.get(ControlTable.MODEL_NUMBER))
                .put8(servo.registers.get(ControlTable.FIRMWARE_VERSION)).end();
        send(servo);
    }

    private void read(DynamixelServo servo, int parameters) {
        if (parameters != 4) {
            answer(servo, StatusError.DATA_LENGTH, ANSWERS_READS);
        } else {
            read(servo, parser.u16(0), parser.u16(2));
        }
    }

    private void read(DynamixelServo servo, int address, int count) {
        int error = servo.registers.checkRead(address, count);
        if (error != 0) {
            answer(servo, error, ANSWERS_READS);
        } else if (servo.registers.get(ControlTable.STATUS_RETURN_LEVEL) >= ANSWERS_READS) {
            writer.begin(servo.id(), Instruction.STATUS).put8(servo.alert());
            for (int i = 0; i < count; i++) {
                writer.put8(servo.registers.read(address + i));
            }
            writer.end();
            send(servo);
        }
    }

    private void obeyTogether(int instruction, int parameters) {
        switch (instruction) {
            case Instruction.SYNC_READ -> {
                // Each waits for the one before it: after one that is missing nobody answers.
                for (int i = 4; i < parameters && reads(servo(parser.u8(i))); i++) {
                    read(servo(parser.u8(i)), parser.u16(0), parser.u16(2));
                }
            }
            case Instruction.BULK_READ -> {
                for (int i = 0; i + 5 <= parameters && reads(servo(parser.u8(i))); i += 5) {
                    read(servo(parser.u8(i)), parser.u16(i + 1), parser.u16(i + 3));
                }
            }
            case Instruction.SYNC_WRITE -> {
                int count = parameters < 4 ? 0 : parser.u16(2);
                for (int i = 4; i + 1 + count <= parameters; i += 1 + count) {
                    write(servo(parser.u8(i)), parser.u16(0), i + 1, count);
                }
            }
            case Instruction.BULK_WRITE -> {
                for (int i = 0; i + 5 <= parameters && i + 5 + parser.u16(i + 3) <= parameters; i += 5 + parser
                        .u16(i + 3)) {
                    write(servo(parser.u8(i)), parser.u16(i + 1), i + 5, parser.u16(i + 3));
                }
            }
            case Instruction.FAST_SYNC_READ -> fastRead(parameters, 4, 1);
            default -> fastRead(parameters, 0, 5);
        }
    }

    private static boolean reads(DynamixelServo servo) {
        return servo != null && servo.registers.get(ControlTable.STATUS_RETURN_LEVEL) >= ANSWERS_READS;
    }

    private void write(DynamixelServo servo, int address, int offset, int count) {
        if (servo != null) {
            servo.write(address, data, offset, count);
        }
    }

    /// @param first index of the first servo's parameters
    /// @param stride parameters per servo: its id alone, or also address and length
    private void fastRead(int parameters, int first, int stride) {
        int count = Math.max(0, parameters - first) / stride;
        int bytes = 0;
        for (int k = 0; k < count; k++) {
            int at = first + k * stride;
            bytes += stride == 1 ? parser.u16(2) : parser.u16(at + 3);
            if (!reads(servo(parser.u8(at)))) {
                return;
            }
        }
        if (count == 0 || bytes + 4 * count > CAPACITY / 2) {
            return;
        }
        writer.beginFast(count, bytes);
        for (int k = 0; k < count; k++) {
            int at = first + k * stride;
            DynamixelServo servo = servo(parser.u8(at));
            int address = stride == 1 ? parser.u16(0) : parser.u16(at + 1);
            int length = stride == 1 ? parser.u16(2) : parser.u16(at + 3);
            int error = servo.registers.checkRead(address, length);
            writer.put8(error | servo.alert()).put8(servo.id());
            for (int i = 0; i < length; i++) {
                writer.put8(error == 0 ? servo.registers.read(address + i) : 0);
            }
            writer.crc();
        }
        send(servo(parser.u8(first)));
    }

    private void answer(DynamixelServo servo, int error, int level) {
        if (servo.registers.get(ControlTable.STATUS_RETURN_LEVEL) >= level) {
            writer.begin(servo.id(), Instruction.STATUS).put8(error | servo.alert()).end();
            send(servo);
        }
    }

    private void send(DynamixelServo servo) {
        answers.answer(writer.bytes(), writer.length(),
                Math.round(servo.registers.get(ControlTable.RETURN_DELAY_TIME) * ControlTable.DELAY_SECONDS / NANOS));
    }

    @Override
    public void step(long now, double seconds, double[] positions, double[] velocities, double[] efforts) {
        for (int i = 0; i < servos.size(); i++) {
            DynamixelServo servo = servos.get(i);
            int watchdog = servo.registers.get(ControlTable.BUS_WATCHDOG);
            if (watchdog > 0 && watchdog <= ControlTable.WATCHDOG_LONGEST && servo.energised()
                    && (now - lastPacket) * NANOS > watchdog * ControlTable.WATCHDOG_SECONDS) {
                servo.watchdogStrikes();
            }
            efforts[i] = servo.step(now, seconds, positions[i], velocities[i]);
        }
    }

    @Override
    public boolean energised() {
        return servos.stream().anyMatch(DynamixelServo::energised);
    }

    @Override
    public boolean commanded() {
        return servos.stream().anyMatch(DynamixelServo::commanded);
    }

    @Override
    public void overload(int id) {
        require(id).overload();
    }

    @Override
    public void restart(int id) {
        require(id).reboot();
    }

    private DynamixelServo require(int id) {
        DynamixelServo servo = servo(id);
        if (servo == null) {
            throw new IllegalArgumentException("there is no servo " + id);
        }
        return servo;
    }
}
