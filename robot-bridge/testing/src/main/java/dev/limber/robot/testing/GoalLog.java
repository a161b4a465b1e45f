package dev.limber.robot.testing;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import java.util.ArrayList;
import java.util.List;

/// What Dynamixel servos were told to do: every number that any packet with a good check sum writes into a register that moves,
/// energises or stops a servo.
///
/// Safe to be used from several threads.
public final class GoalLog implements WireLog {

    private static final int[] REGISTERS = {ControlTable.OPERATING_MODE, ControlTable.TORQUE_ENABLE,
        ControlTable.BUS_WATCHDOG, ControlTable.GOAL_PWM, ControlTable.GOAL_CURRENT, ControlTable.GOAL_VELOCITY,
        ControlTable.GOAL_POSITION};
    private static final int[] SIZES = {1, 1, 1, 2, 2, 4, 4};
    private static final int CAPACITY = 4096;

    private final PacketParser parser = new PacketParser(CAPACITY);
    private final List<Goal> goals = new ArrayList<>();
    private long lastReceived;

    /// A number for a servo.
    ///
    /// @param nanoTime when it came, of [System#nanoTime] [ns]
    /// @param id of the servo
    /// @param register of [ControlTable]
    /// @param value as in the register
    public record Goal(long nanoTime, int id, int register, int value) {

        /// Whether it stops what moves by positions: the servo loses its torque, for good or to change its mode.
        public boolean takesTorque() {
            return register == ControlTable.TORQUE_ENABLE && value == 0;
        }
    }

    @Override
    public synchronized void received(long nanoTime, byte[] bytes, int count) {
        lastReceived = nanoTime;
        parser.accept(bytes, 0, count);
        while (parser.next()) {
            int parameters = parser.parameters();
            switch (parser.instruction()) {
                case Instruction.WRITE, Instruction.REG_WRITE -> {
                    if (parameters > 2) {
                        written(nanoTime, parser.id(), parser.u16(0), 2, parameters - 2);
                    }
                }
                case Instruction.SYNC_WRITE -> {
                    int each = parameters < 4 ? parameters : parser.u16(2);
                    for (int i = 4; i + 1 + each <= parameters; i += 1 + each) {
                        written(nanoTime, parser.u8(i), parser.u16(0), i + 1, each);
                    }
                }
                case Instruction.BULK_WRITE -> {
                    for (int i = 0; i + 5 <= parameters && i + 5 + parser.u16(i + 3) <= parameters; i += 5
                            + parser.u16(i + 3)) {
                        written(nanoTime, parser.u8(i), parser.u16(i + 1), i + 5, parser.u16(i + 3));
                    }
                }
                default -> {
                }
            }
        }
    }

    private void written(long nanoTime, int id, int address, int offset, int count) {
        for (int k = 0; k < REGISTERS.length; k++) {
            int at = REGISTERS[k] - address;
            if (at >= 0 && at + SIZES[k] <= count) {
                int value = switch (SIZES[k]) {
                    case 1 -> parser.u8(offset + at);
                    case 2 -> parser.s16(offset + at);
                    default -> parser.s32(offset + at);
                };
                goals.add(new Goal(nanoTime, id, REGISTERS[k], value));
            }
        }
    }

    @Override
    public void sent(long nanoTime, byte[] bytes, int count) {}

    /// All goals so far, the oldest first.
    public synchronized List<Goal> goals() {
        return List.copyOf(goals);
    }

    /// When the servos last received anything, of [System#nanoTime]; 0 before the first byte [ns].
    public synchronized long lastReceived() {
        return lastReceived;
    }

    /// Forgets all goals so far.
    public synchronized void clear() {
        goals.clear();
    }
}
