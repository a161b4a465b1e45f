package dev.limber.robot.dynamixel;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.serial.dynamixel.PacketWriter;
import dev.limber.robot.serial.dynamixel.StatusError;

/// Asks servos on a line and checks what they answer: who, how long, and in which order. Together requests allocate
/// nothing unless they fail.
final class BusMaster implements AutoCloseable {

    private static final int CAPACITY = 4096;
    /// Header, instruction, error and check sum.
    private static final int STATUS_BYTES = 11;
    private static final double BITS_PER_BYTE = 10;
    private static final double NANOS = 1e9;
    private static final int ATTEMPTS = 4;
    private static final int URGENT_ATTEMPTS = 2;
    /// How long nobody answers a broadcast ping until all have [ns].
    private static final long SILENCE_NANOS = 200_000_000;
    /// How long single requests wait while nothing is in a hurry [s].
    private static final double PATIENCE = 0.25;

    private final SerialLine line;
    private final PacketWriter writer = new PacketWriter(CAPACITY);
    private final PacketParser parser = new PacketParser(CAPACITY);
    private final byte[] input = new byte[CAPACITY];
    private final int baud;
    private final double timeout;
    private long lastSent;
    private double patience = PATIENCE;
    private int attempts = ATTEMPTS;

    /// @param timeout how much longer than its time on the line an answer to a together request may take [s]
    BusMaster(SerialLine line, int baud, double timeout) {
        this.line = line;
        this.baud = baud;
        this.timeout = timeout;
    }

    /// Makes single requests wait as briefly as together requests, and fewer times: what follows is urgent.
    void hurry(boolean urgent) {
        attempts = urgent ? URGENT_ATTEMPTS : ATTEMPTS;
        patience = urgent ? timeout : PATIENCE;
    }

    /// Time that bytes take on the line [s].
    double seconds(int bytes) {
        return bytes * BITS_PER_BYTE / baud;
    }

    /// When something was last sent, of [System#nanoTime] [ns].
    long lastSent() {
        return lastSent;
    }

    /// Begins an instruction.
    PacketWriter begin(int id, int instruction) {
        return writer.begin(id, instruction);
    }

    /// Ends the instruction that was begun and sends it. What came before is not its answer.
    void send() {
        writer.end();
        line.discard();
        parser.clear();
        line.write(writer.bytes(), writer.length());
        lastSent = System.nanoTime();
    }

    /// Asks who is there.
    ///
    /// @param id of the servo
    /// @return its model number in the lower 16 bits and its firmware above; -1 where it does not answer
    int ping(int id) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            begin(id, Instruction.PING);
            send();
            long deadline = deadline(STATUS_BYTES + 3, patience);
            while (nextStatus(deadline)) {
                if (parser.id() == id && parser.parameters() == 4) {
                    return parser.u16(1) | parser.u8(3) << 16;
                }
            }
        }
        return -1;
    }

    /// Asks everybody.
    ///
    /// @param found is told id, model number and firmware of each that answers
    void pingAll(Found found) {
        begin(Instruction.BROADCAST_ID, Instruction.PING);
        send();
        while (nextStatus(System.nanoTime() + SILENCE_NANOS)) {
            if (parser.parameters() == 4) {
                found.servo(parser.id(), parser.u16(1), parser.u8(3));
            }
        }
    }

    /// Is told who answers a broadcast ping.
    interface Found {

        /// A servo.
        void servo(int id, int model, int firmware);
    }

    /// Reads a register of one servo, again where the answer is lost.
    ///
    /// @param size 1, 2 or 4 bytes
    /// @return signed where it has 2 or 4 bytes
    int read(int id, int address, int size) {
        for (int attempt = 1;; attempt++) {
            begin(id, Instruction.READ).put16(address).put16(size);
            send();
            RobotException failure = answer(id, size);
            if (failure == null) {
                int value = size == 1 ? parser.u8(1) : size == 2 ? parser.s16(1) : parser.s32(1);
                awaitStragglers(attempt - 1);
                return value;
            }
            if (attempt == attempts || failure.kind() == Kind.REFUSED) {
                throw failure;
            }
        }
    }

    /// Writes a register of one servo, again where the answer is lost.
    ///
    /// @param size 1, 2 or 4 bytes
    void write(int id, int address, int size, int value) {
        for (int attempt = 1;; attempt++) {
            begin(id, Instruction.WRITE).put16(address);
            put(size, value);
            send();
            RobotException failure = answer(id, 0);
            if (failure == null) {
                awaitStragglers(attempt - 1);
                return;
            }
            if (attempt == attempts || failure.kind() == Kind.REFUSED) {
                throw failure;
            }
        }
    }

    /// Waits for answers to requests that were repeated in the meantime: they may be late and not lost, and look like the answer to what is
    /// asked next.
    private void awaitStragglers(int count) {
        long deadline = System.nanoTime() + Math.round(patience * NANOS);
        for (int i = 0; i < count && nextStatus(deadline); i++) {
        }
    }

    /// Writes a register of one servo that may be silent about it.
    void writeSilently(int id, int address, int value) {
        begin(id, Instruction.WRITE).put16(address).put8(value);
        send();
        nextStatus(deadline(STATUS_BYTES, timeout));
    }

    /// Adds a number to the instruction.
    void put(int size, int value) {
        switch (size) {
            case 1 -> writer.put8(value & 0xff);
            case 2 -> writer.put16(value);
            default -> writer.put32(value);
        }
    }

    /// Reads the same registers of several servos at once.
    ///
    /// @param fast whether they answer with one packet
    /// @param target receives their bytes [servos, count]
    /// @param errors receives the alert bit of each [servos]
    /// @throws RobotException where any answer is missing, damaged or an error; what was read until then is in the arrays
    void readTogether(int[] ids, int address, int count, boolean fast, byte[] target, int[] errors) {
        begin(Instruction.BROADCAST_ID, fast ? Instruction.FAST_SYNC_READ : Instruction.SYNC_READ).put16(address)
                .put16(count);
        for (int id : ids) {
            writer.put8(id);
        }
        send();
        long deadline = deadline(ids.length * (STATUS_BYTES + count), timeout);
        if (fast) {
            readFast(ids, count, target, errors, deadline);
            return;
        }
        for (int i = 0; i < ids.length; i++) {
            awaitStatus(ids[i], ids[i], 1 + count, deadline);
            errors[i] = parser.u8(0);
            for (int k = 0; k < count; k++) {
                target[i * count + k] = (byte) parser.u8(1 + k);
            }
        }
    }

    /// Waits for the answer of somebody. Others that come before it are late or come twice, and are left out.
    ///
    /// @param asked the servo to name where it does not come
    private void awaitStatus(int id, int asked, int parameters, long deadline) {
        boolean others = false;
        while (nextStatus(deadline)) {
            if (parser.id() == id && parser.parameters() == parameters) {
                return;
            }
            others = true;
        }
        throw others ? unexpected(asked) : missing(asked);
    }

    private void readFast(int[] ids, int count, byte[] target, int[] errors, long deadline) {
        int part = count + 4;
        awaitStatus(Instruction.BROADCAST_ID, ids[0], ids.length * part - 2, deadline);
        for (int i = 0; i < ids.length; i++) {
            if (parser.u8(i * part + 1) != ids[i]) {
                throw unexpected(ids[i]);
            }
            errors[i] = parser.u8(i * part);
            for (int k = 0; k < count; k++) {
                target[i * count + k] = (byte) parser.u8(i * part + 2 + k);
            }
        }
    }

    /// Waits for the answer of one servo.
    ///
    /// @param count of bytes that it has
    /// @return what was wrong; null where nothing was
    private RobotException answer(int id, int count) {
        long deadline = deadline(STATUS_BYTES + count, patience);
        while (nextStatus(deadline)) {
            if (parser.id() != id) {
                continue;
            }
            int error = parser.u8(0) & ~StatusError.ALERT;
            if (error == StatusError.CRC) {
                return new RobotException(Kind.CORRUPT, "servo " + id + " " + StatusError.words(error));
            }
            if (error != 0) {
                return new RobotException(Kind.REFUSED, "servo " + id + " " + StatusError.words(error));
            }
            return parser.parameters() == 1 + count ? null : unexpected(id);
        }
        return missing(id);
    }

    private boolean nextStatus(long deadline) {
        while (true) {
            while (parser.next()) {
                if (parser.instruction() == Instruction.STATUS && parser.parameters() > 0) {
                    return true;
                }
            }
            int count = line.read(input, deadline);
            if (count == 0) {
                return false;
            }
            parser.accept(input, 0, count);
        }
    }

    private long deadline(int bytes, double allowance) {
        return lastSent + Math.round((seconds(writer.length() + bytes) + allowance) * NANOS);
    }

    private static RobotException missing(int id) {
        return new RobotException(Kind.TIMEOUT, "servo " + id + " does not answer; check cable, power, id and baud");
    }

    private static RobotException unexpected(int id) {
        return new RobotException(Kind.CORRUPT, "servo " + id + " did not answer what was asked");
    }

    @Override
    public void close() {
        line.close();
    }
}
