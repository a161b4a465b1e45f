package dev.limber.robot.feetech;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.feetech.FeetechParser;
import dev.limber.robot.serial.feetech.FeetechTable;
import dev.limber.robot.serial.feetech.FeetechWriter;

/// Asks servos on a line and checks what they answer. Together requests allocate nothing unless they fail.
final class FeetechMaster implements AutoCloseable {

    private static final int ATTEMPTS = 4;
    private static final int STATUS_BYTES = 6;
    private static final double BITS_PER_BYTE = 10;
    /// How long a servo is waited for where no cycle is kept [s].
    static final double PATIENCE = 0.25;

    private final SerialLine line;
    private final FeetechWriter writer = new FeetechWriter();
    private final FeetechParser parser = new FeetechParser();
    private final byte[] input = new byte[2048];
    private final int baud;
    private final double timeout;
    private long sent;

    FeetechMaster(SerialLine line, int baud, double timeout) {
        this.line = line;
        this.baud = baud;
        this.timeout = timeout;
    }

    FeetechWriter begin(int id, int instruction) {
        return writer.begin(id, instruction);
    }

    void send() {
        writer.end();
        line.discard();
        parser.clear();
        line.write(writer.bytes(), writer.length());
        sent = System.nanoTime();
    }

    /// Whether a servo is there.
    boolean ping(int id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            begin(id, FeetechTable.PING);
            send();
            if (answered(id, 0, PATIENCE)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a servo answers one ping within the time of a cycle.
    boolean hears(int id) {
        begin(id, FeetechTable.PING);
        send();
        return answered(id, 0, timeout);
    }

    /// Reads a register of one servo, twice until both agree: a check sum of 8 bits is weak.
    ///
    /// @param size 1 or 2 bytes
    /// @param patience how long each attempt waits [s]
    int read(int id, int address, int size, double patience) {
        int before = -1;
        for (int attempt = 0; attempt < 2 * ATTEMPTS; attempt++) {
            begin(id, FeetechTable.READ).put8(address).put8(size);
            send();
            if (answered(id, size, patience)) {
                int value = size == 1 ? parser.u8(0) : parser.u16(0);
                if (value == before) {
                    return value;
                }
                before = value;
            }
        }
        throw missing(id);
    }

    /// Writes a register of one servo and reads it back.
    ///
    /// @param size 1 or 2 bytes
    /// @param patience how long each attempt waits [s]
    void write(int id, int address, int size, int value, double patience) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            begin(id, FeetechTable.WRITE).put8(address);
            put(size, value);
            send();
            answered(id, 0, patience);
            begin(id, FeetechTable.READ).put8(address).put8(size);
            send();
            if (answered(id, size, patience) && (size == 1 ? parser.u8(0) : parser.u16(0)) == value) {
                return;
            }
        }
        throw new RobotException(Kind.REFUSED, "servo " + id + " does not take " + value + " at address " + address
                + "; check cable and power");
    }

    int read(int id, int address, int size) {
        return read(id, address, size, PATIENCE);
    }

    /// Writes a register of 1 byte and cares for no answer: it may come from another id or at another speed.
    void writeSilently(int id, int address, int value) {
        begin(id, FeetechTable.WRITE).put8(address).put8(value);
        send();
        answered(id, 0, PATIENCE);
    }

    void put(int size, int value) {
        if (size == 1) {
            writer.put8(value);
        } else {
            writer.put16(value);
        }
    }

    /// Reads the same registers of several servos at once.
    ///
    /// @param target receives their bytes [servos, count]
    /// @param errors receives their error bytes [servos]
    void readTogether(int[] ids, int address, int count, byte[] target, int[] errors) {
        begin(FeetechTable.BROADCAST_ID, FeetechTable.SYNC_READ).put8(address).put8(count);
        for (int id : ids) {
            writer.put8(id);
        }
        send();
        long deadline = deadline(ids.length * (STATUS_BYTES + count), timeout);
        for (int i = 0; i < ids.length; i++) {
            do {
                if (!next(deadline)) {
                    throw missing(ids[i]);
                }
                // An answer that comes twice is none of the next servo.
            } while (i > 0 && parser.id() == ids[i - 1]);
            if (parser.id() != ids[i] || parser.parameters() != count) {
                throw new RobotException(Kind.CORRUPT, "servo " + ids[i] + " did not answer what was asked");
            }
            errors[i] = parser.kind();
            for (int k = 0; k < count; k++) {
                target[i * count + k] = (byte) parser.u8(k);
            }
        }
    }

    private boolean answered(int id, int count, double patience) {
        long deadline = deadline(STATUS_BYTES + count, patience);
        while (next(deadline)) {
            if (parser.id() == id && parser.parameters() == count) {
                return true;
            }
        }
        return false;
    }

    private boolean next(long deadline) {
        while (!parser.next()) {
            int count = line.read(input, deadline);
            if (count == 0) {
                return false;
            }
            parser.accept(input, 0, count);
        }
        return true;
    }

    private long deadline(int bytes, double patience) {
        return sent + Math.round(((writer.length() + bytes) * BITS_PER_BYTE / baud + patience) * 1e9);
    }

    private static RobotException missing(int id) {
        return new RobotException(Kind.TIMEOUT, "servo " + id + " does not answer; check cable, power, id and baud");
    }

    @Override
    public void close() {
        line.close();
    }
}
