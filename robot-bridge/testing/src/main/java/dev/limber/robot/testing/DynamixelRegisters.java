package dev.limber.robot.testing;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.ServoModel;
import dev.limber.robot.serial.dynamixel.StatusError;
import java.util.ArrayList;
import java.util.List;

/// The control table of an X-series servo: what is where, who may write it, and what fits into it.
///
/// Undefined bytes between defined ones read as 0, as they do in the real ones; a range that begins or ends in them cannot
/// be accessed. Indirect data show and write the bytes that their addresses name.
final class DynamixelRegisters {

    private static final int SIZE = 662;
    private static final int FIRMWARE = 46;
    private static final int NO_RANGE = Integer.MIN_VALUE;

    /// @param low lowest value, [#NO_RANGE] where all fit
    private record Register(int address, int size, boolean writable, long low, long high, long initial) {}

    private final byte[] bytes = new byte[SIZE];
    private final byte[] backup = new byte[ControlTable.TORQUE_ENABLE];
    private final Register[] at = new Register[SIZE];
    private final List<Register> registers = new ArrayList<>();
    private final boolean[] written = new boolean[SIZE];

    DynamixelRegisters(ServoModel model, int id) {
        boolean small = model.name().contains("330");
        define(ControlTable.MODEL_NUMBER, 2, model.number());
        define(2, 4, 0);
        define(ControlTable.FIRMWARE_VERSION, 1, FIRMWARE);
        define(ControlTable.ID, 1, 0, 252, id);
        define(ControlTable.BAUD_RATE, 1, 0, 7, 3);
        define(ControlTable.RETURN_DELAY_TIME, 1, 0, 254, 0);
        define(ControlTable.DRIVE_MODE, 1, 0, 13, 0);
        define(ControlTable.OPERATING_MODE, 1, 0, 16, ControlTable.MODE_POSITION);
        define(ControlTable.SECONDARY_ID, 1, 0, 255, 255);
        define(13, 1, 1, 22, 2);
        define(ControlTable.HOMING_OFFSET, 4, -1_044_479, 1_044_479, 0);
        define(24, 4, 0, 1023, 10);
        define(31, 1, 0, 100, 80);
        define(32, 2, 31, 160, Math.round(model.voltage() * 12));
        define(34, 2, 31, 160, Math.round(model.voltage() * 7));
        define(ControlTable.PWM_LIMIT, 2, 0, 885, 885);
        if (model.hasCurrent()) {
            define(ControlTable.CURRENT_LIMIT, 2, 0, model.currentLimit(), model.currentLimit());
        }
        define(ControlTable.VELOCITY_LIMIT, 4, 0, 2047, model.velocityLimit());
        define(ControlTable.MAX_POSITION_LIMIT, 4, 0, 4095, 4095);
        define(ControlTable.MIN_POSITION_LIMIT, 4, 0, 4095, 0);
        define(60, 1, 0, 3, 0);
        if (small) {
            define(62, 1, 1, 255, 140);
        }
        define(ControlTable.SHUTDOWN, 1, 0, 255, 52);
        define(ControlTable.TORQUE_ENABLE, 1, 0, 1, 0);
        define(ControlTable.LED, 1, 0, 1, 0);
        define(ControlTable.STATUS_RETURN_LEVEL, 1, 0, 2, 2);
        define(ControlTable.REGISTERED_INSTRUCTION, 1, 0);
        define(ControlTable.HARDWARE_ERROR_STATUS, 1, 0);
        int[] gains = {1920, 100, 0, 0, 800};
        for (int i = 0; i < gains.length; i++) {
            define(76 + 2 * i, 2, 0, 16_383, gains[i]);
        }
        define(88, 2, 0, 16_383, 0);
        define(90, 2, 0, 16_383, 0);
        define(ControlTable.BUS_WATCHDOG, 1, 0, ControlTable.WATCHDOG_LONGEST, 0);
        define(ControlTable.GOAL_PWM, 2, NO_RANGE, 0, 0);
        if (model.hasCurrent()) {
            define(ControlTable.GOAL_CURRENT, 2, NO_RANGE, 0, 0);
        }
        define(ControlTable.GOAL_VELOCITY, 4, NO_RANGE, 0, 0);
        define(ControlTable.PROFILE_ACCELERATION, 4, 0, 32_767, 0);
        define(ControlTable.PROFILE_VELOCITY, 4, 0, 32_767, 0);
        define(ControlTable.GOAL_POSITION, 4, -ControlTable.EXTENDED_LIMIT, ControlTable.EXTENDED_LIMIT, 0);
        define(ControlTable.REALTIME_TICK, 2, 0);
        define(ControlTable.MOVING, 1, 0);
        define(123, 1, 0);
        define(ControlTable.PRESENT_PWM, 2, 0);
        define(ControlTable.PRESENT_CURRENT, 2, 0);
        define(ControlTable.PRESENT_VELOCITY, 4, 0);
        define(ControlTable.PRESENT_POSITION, 4, 0);
        define(136, 4, 0);
        define(140, 4, 0);
        define(ControlTable.PRESENT_INPUT_VOLTAGE, 2, Math.round(model.voltage() * 10));
        define(ControlTable.PRESENT_TEMPERATURE, 1, 30);
        define(147, 1, 1);
        if (small) {
            indirect(168, 208, 20, 227);
        } else {
            indirect(168, 224, 28, 661);
            indirect(578, 634, 28, 661);
        }
        System.arraycopy(bytes, 0, backup, 0, backup.length);
    }

    private void define(int address, int size, long initial) {
        add(new Register(address, size, false, NO_RANGE, 0, initial));
    }

    private void define(int address, int size, long low, long high, long initial) {
        add(new Register(address, size, true, low, high, initial));
    }

    private void indirect(int addresses, int data, int count, int highest) {
        for (int i = 0; i < count; i++) {
            define(addresses + 2 * i, 2, ControlTable.TORQUE_ENABLE, highest, data + i);
        }
        for (int i = 0; i < count; i++) {
            define(data + i, 1, NO_RANGE, 0, 0);
        }
    }

    private void add(Register register) {
        registers.add(register);
        for (int i = 0; i < register.size; i++) {
            at[register.address + i] = register;
        }
        set(register.address, register.initial);
    }

    /// Begins anew, as after power-up: what is not kept without power has its first value.
    void reboot() {
        for (Register register : registers) {
            if (register.writable && register.address >= ControlTable.TORQUE_ENABLE) {
                set(register.address, register.initial);
            }
        }
        set(ControlTable.HARDWARE_ERROR_STATUS, 0);
        set(ControlTable.REGISTERED_INSTRUCTION, 0);
    }

    /// Goes back to what left the factory, but for the registers that are named.
    void factoryReset(boolean keepId, boolean keepBaud) {
        for (Register register : registers) {
            boolean kept = register.address == ControlTable.ID && keepId
                    || register.address == ControlTable.BAUD_RATE && keepBaud;
            if (register.writable && !kept) {
                set(register.address, register.address == ControlTable.ID ? 1
                        : register.address == ControlTable.BAUD_RATE ? 1 : register.initial);
            }
        }
        reboot();
    }

    /// Keeps what is kept without power in a second place.
    void backUp() {
        System.arraycopy(bytes, 0, backup, 0, backup.length);
    }

    /// Takes it back from there.
    void restore() {
        System.arraycopy(backup, 0, bytes, 0, backup.length);
        reboot();
    }

    /// The signed value of a register that exists.
    int get(int address) {
        return switch (at[address].size) {
            case 1 -> bytes[address] & 0xff;
            case 2 -> (short) (bytes[address] & 0xff | bytes[address + 1] << 8);
            default -> bytes[address] & 0xff | (bytes[address + 1] & 0xff) << 8 | (bytes[address + 2] & 0xff) << 16
                    | bytes[address + 3] << 24;
        };
    }

    /// Sets a register from within.
    void set(int address, long value) {
        for (int i = 0; i < at[address].size; i++) {
            bytes[address + i] = (byte) (value >> 8 * i);
        }
    }

    /// Whether a register exists.
    boolean has(int address) {
        return address < SIZE && at[address] != null;
    }

    /// What is wrong with reading a range; 0 where nothing is.
    int checkRead(int address, int count) {
        if (count == 0) {
            return StatusError.DATA_LENGTH;
        }
        return has(address) && has(address + count - 1) ? 0 : StatusError.ACCESS;
    }

    /// A byte, through indirect addresses.
    int read(int address) {
        return bytes[resolve(address)] & 0xff;
    }

    /// What is wrong with writing a range; 0 where nothing is.
    ///
    /// @param data of which `count` bytes from `offset` on are meant
    int checkWrite(int address, byte[] data, int offset, int count) {
        if (count == 0) {
            return StatusError.DATA_LENGTH;
        }
        int next = address;
        while (next < address + count) {
            if (!has(next) || !at[next].writable) {
                return StatusError.ACCESS;
            }
            Register register = at[next];
            if (register.address < ControlTable.TORQUE_ENABLE && get(ControlTable.TORQUE_ENABLE) == 1) {
                return StatusError.ACCESS;
            }
            if (next != register.address || next + register.size > address + count) {
                return StatusError.DATA_LENGTH;
            }
            int error = checkValue(register, value(register.size, data, offset + next - address));
            if (error != 0) {
                return error;
            }
            next += register.size;
        }
        return 0;
    }

    private static long value(int size, byte[] data, int offset) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (data[offset + i] & 0xffL) << 8 * i;
        }
        return size == 1 ? value : size == 2 ? (short) value : (int) value;
    }

    private int checkValue(Register register, long value) {
        if (register.low != NO_RANGE && (value < register.low || value > register.high)) {
            return StatusError.DATA_RANGE;
        }
        int watchdog = get(ControlTable.BUS_WATCHDOG);
        boolean goal = switch (register.address) {
            case ControlTable.GOAL_PWM, ControlTable.GOAL_CURRENT, ControlTable.GOAL_VELOCITY,
                    ControlTable.GOAL_POSITION -> true;
            default -> false;
        };
        if (watchdog == ControlTable.WATCHDOG_STRUCK
                && (goal || register.address == ControlTable.BUS_WATCHDOG && value != 0)) {
            return StatusError.DATA_RANGE;
        }
        boolean modeUnknown = register.address == ControlTable.OPERATING_MODE && !hasMode((int) value);
        if (modeUnknown) {
            return StatusError.DATA_RANGE;
        }
        boolean beyond = switch (register.address) {
            case ControlTable.GOAL_PWM -> Math.abs(value) > get(ControlTable.PWM_LIMIT);
            case ControlTable.GOAL_CURRENT -> Math.abs(value) > get(ControlTable.CURRENT_LIMIT);
            case ControlTable.GOAL_VELOCITY -> Math.abs(value) > get(ControlTable.VELOCITY_LIMIT);
            case ControlTable.GOAL_POSITION -> get(ControlTable.OPERATING_MODE) == ControlTable.MODE_POSITION
                    && (value < get(ControlTable.MIN_POSITION_LIMIT) || value > get(ControlTable.MAX_POSITION_LIMIT));
            default -> false;
        };
        return beyond ? StatusError.DATA_LIMIT : 0;
    }

    private boolean hasMode(int mode) {
        return switch (mode) {
            case ControlTable.MODE_VELOCITY, ControlTable.MODE_POSITION, ControlTable.MODE_EXTENDED_POSITION,
                    ControlTable.MODE_PWM -> true;
            case ControlTable.MODE_CURRENT, ControlTable.MODE_CURRENT_BASED_POSITION -> has(ControlTable.CURRENT_LIMIT);
            default -> false;
        };
    }

    /// Writes a range that was checked.
    void write(int address, byte[] data, int offset, int count) {
        for (int i = 0; i < count; i++) {
            int target = resolve(address + i);
            if (target == address + i || at[target] != null && at[target].writable) {
                bytes[target] = data[offset + i];
                written[at[target].address] = true;
            }
        }
    }

    /// Whether a register was written since it was last asked.
    boolean wasWritten(int address) {
        boolean was = written[address];
        written[address] = false;
        return was;
    }

    private int resolve(int address) {
        int entry = -1;
        if (has(208) && at[208].size == 1 && address >= 208 && address < 228) {
            entry = 168 + 2 * (address - 208);
        } else if (has(634) && address >= 224 && address < 252) {
            entry = 168 + 2 * (address - 224);
        } else if (has(634) && address >= 634 && address < 662) {
            entry = 578 + 2 * (address - 634);
        }
        return entry < 0 ? address : get(entry);
    }
}
