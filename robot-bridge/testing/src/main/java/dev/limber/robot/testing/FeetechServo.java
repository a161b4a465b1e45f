package dev.limber.robot.testing;

import dev.limber.robot.serial.feetech.FeetechTable;
import java.util.Arrays;

/// One STS3215: its registers, its controller and its motor.
final class FeetechServo {

    private static final int SIZE = 87;
    /// Of an STS3215 at 12 V [N m, rad/s].
    private static final double STALL_TORQUE = 2.94;
    private static final double NO_LOAD_SPEED = 4.71;
    private static final double STALL_CURRENT = 2.7;
    private static final double FULL_TORQUE_AT = 0.1;
    private static final double DAMPING_SECONDS = 0.04;
    private static final double FULL_TORQUE_AT_SPEED = 0.2;
    private static final double PWM_FULL = 1000;
    private static final int OVERLOAD = 1 << 5;

    private final Rig.Mount mount;
    private final Motor motor;
    private final byte[] bytes = new byte[SIZE];
    private int keptAddress;
    private byte[] kept = new byte[0];
    private double angle;
    private double speed;
    private boolean moveWasAsked;
    private int positionAtTorque;

    FeetechServo(Rig.Mount mount) {
        this.mount = mount;
        motor = new Motor(STALL_TORQUE, NO_LOAD_SPEED, mount.friction());
        set16(FeetechTable.MODEL_NUMBER, FeetechTable.STS3215);
        bytes[FeetechTable.ID] = (byte) mount.id();
        bytes[FeetechTable.RESPONSE_LEVEL] = 1;
        set16(FeetechTable.MAX_ANGLE, FeetechTable.STEPS_PER_TURN - 1);
        bytes[FeetechTable.LOCK] = 1;
        bytes[FeetechTable.PRESENT_VOLTAGE] = 120;
        bytes[FeetechTable.PRESENT_TEMPERATURE] = 30;
    }

    int id() {
        return get(FeetechTable.ID);
    }

    int error() {
        return get(FeetechTable.STATUS);
    }

    boolean answersAll() {
        return get(FeetechTable.RESPONSE_LEVEL) == 1;
    }

    long delayNanos() {
        return Math.round(get(FeetechTable.RETURN_DELAY_TIME) * FeetechTable.DELAY_SECONDS * 1e9);
    }

    boolean energised() {
        return get(FeetechTable.TORQUE_ENABLE) == 1;
    }

    boolean commanded() {
        return moveWasAsked;
    }

    int get(int address) {
        return address < SIZE ? bytes[address] & 0xff : 0;
    }

    private int get16(int address) {
        return get(address) | get(address + 1) << 8;
    }

    private void set16(int address, int value) {
        bytes[address] = (byte) value;
        bytes[address + 1] = (byte) (value >> 8);
    }

    private int signed(int address) {
        return FeetechTable.signed(get16(address), FeetechTable.SIGN_BIT);
    }

    void write(int address, byte[] data, int offset, int count) {
        boolean wasOn = energised();
        for (int i = 0; i < count; i++) {
            int target = address + i;
            boolean keptWithoutPower = target >= FeetechTable.ID && target < FeetechTable.TORQUE_ENABLE;
            // The lock says what is kept without power; Feetech's own library changes the mode without opening it.
            boolean written = keptWithoutPower && (get(FeetechTable.LOCK) == 0 || target == FeetechTable.MODE)
                    || target >= FeetechTable.TORQUE_ENABLE && target <= FeetechTable.LOCK;
            if (written) {
                bytes[target] = data[offset + i];
            }
        }
        if ((error() & OVERLOAD) != 0) {
            bytes[FeetechTable.TORQUE_ENABLE] = 0;
        }
        if (energised() && !wasOn) {
            positionAtTorque = signed(FeetechTable.GOAL_POSITION);
            moveWasAsked = false;
        }
        if (energised() && (signed(FeetechTable.GOAL_POSITION) != positionAtTorque
                || get(FeetechTable.MODE) == FeetechTable.MODE_SPEED && signed(FeetechTable.GOAL_SPEED) != 0)) {
            moveWasAsked = true;
        }
    }

    void keep(int address, byte[] data, int offset, int count) {
        keptAddress = address;
        kept = new byte[count];
        System.arraycopy(data, offset, kept, 0, count);
    }

    void act() {
        write(keptAddress, kept, 0, kept.length);
        kept = new byte[0];
    }

    void overload() {
        bytes[FeetechTable.STATUS] |= OVERLOAD;
        bytes[FeetechTable.TORQUE_ENABLE] = 0;
    }

    /// Begins anew, as after power-up.
    void restart() {
        Arrays.fill(bytes, FeetechTable.TORQUE_ENABLE, FeetechTable.LOCK, (byte) 0);
        bytes[FeetechTable.LOCK] = 1;
        bytes[FeetechTable.STATUS] = 0;
        kept = new byte[0];
    }

    double step(double position, double velocity) {
        angle = position / mount.metersPerRadian();
        speed = velocity / mount.metersPerRadian();
        double torque = energised() ? motorTorque() : 0;
        set16(FeetechTable.PRESENT_POSITION, FeetechTable.raw(steps(), FeetechTable.SIGN_BIT));
        set16(FeetechTable.PRESENT_SPEED, FeetechTable
                .raw((int) Math.round(speed / FeetechTable.RADIANS_PER_STEP), FeetechTable.SIGN_BIT));
        set16(FeetechTable.PRESENT_LOAD, FeetechTable
                .raw((int) Math.round(PWM_FULL * torque / STALL_TORQUE), FeetechTable.LOAD_SIGN_BIT));
        set16(FeetechTable.PRESENT_CURRENT,
                FeetechTable.raw(
                        (int) Math.round(torque * STALL_CURRENT / STALL_TORQUE / FeetechTable.CURRENT_UNIT),
                        FeetechTable.SIGN_BIT));
        return (torque + motor.friction(speed)) / mount.metersPerRadian();
    }

    private int steps() {
        return FeetechTable.CENTER + (int) Math.round(angle / FeetechTable.RADIANS_PER_STEP);
    }

    private double motorTorque() {
        return switch (get(FeetechTable.MODE)) {
            case FeetechTable.MODE_SPEED -> motor.limited(
                    STALL_TORQUE / (FULL_TORQUE_AT_SPEED * NO_LOAD_SPEED)
                            * (signed(FeetechTable.GOAL_SPEED) * FeetechTable.RADIANS_PER_STEP - speed),
                    speed);
            case FeetechTable.MODE_PWM -> motor.atVoltage(FeetechTable.signed(get16(FeetechTable.GOAL_PWM),
                    FeetechTable.LOAD_SIGN_BIT) / PWM_FULL, speed);
            default -> {
                double error = (signed(FeetechTable.GOAL_POSITION) - steps()) * FeetechTable.RADIANS_PER_STEP;
                yield motor.limited(STALL_TORQUE / FULL_TORQUE_AT * (error - DAMPING_SECONDS * speed), speed);
            }
        };
    }
}
