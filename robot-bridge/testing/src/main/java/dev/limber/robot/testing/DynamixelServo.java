package dev.limber.robot.testing;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.ServoModel;
import dev.limber.robot.serial.dynamixel.StatusError;

/// One servo: its registers, its controller and its motor.
final class DynamixelServo {

    private static final int OVERLOAD = 1 << 5;
    /// Position gain: full torque at this distance [rad].
    private static final double FULL_TORQUE_AT = 0.1;
    /// Damping of the position controller by its stiffness [s].
    private static final double DAMPING_SECONDS = 0.04;
    /// Velocity gain: full torque at this part of the speed without load.
    private static final double FULL_TORQUE_AT_SPEED = 0.2;
    /// Integral gain of the velocity controller [1/s].
    private static final double VELOCITY_INTEGRAL = 10;
    /// Blocked for so long, it reports an overload [s].
    private static final double OVERLOAD_SECONDS = 1;
    private static final double OVERLOAD_PART = 0.95;
    private static final int PWM_FULL = 885;

    private final ServoModel model;
    private final Rig.Mount mount;
    private final Motor motor;
    final DynamixelRegisters registers;

    /// What a kept write is of: address, bytes; none where null is never kept.
    private int keptAddress;
    private byte[] kept = new byte[0];

    private double angle;
    private double speed;
    private double torque;
    private double integral;
    private double blockedSeconds;
    private int turnOffset;
    private boolean torqueWasOn;
    private boolean moveWasAsked;
    private int positionAtTorque;

    DynamixelServo(Rig.Mount mount) {
        this.mount = mount;
        model = ServoModel.of(mount.model()).orElseThrow();
        motor = new Motor(model.stallTorque(), model.noLoadSpeed(), mount.friction());
        registers = new DynamixelRegisters(model, mount.id());
    }

    int id() {
        return registers.get(ControlTable.ID);
    }

    /// Whether an id is its secondary one.
    boolean inGroup(int id) {
        return id <= Instruction.MAX_ID && id == registers.get(ControlTable.SECONDARY_ID);
    }

    /// The highest bit of the error byte.
    int alert() {
        return registers.get(ControlTable.HARDWARE_ERROR_STATUS) != 0 ? StatusError.ALERT : 0;
    }

    boolean energised() {
        return registers.get(ControlTable.TORQUE_ENABLE) == 1;
    }

    boolean commanded() {
        return moveWasAsked;
    }

    int write(int address, byte[] data, int offset, int count) {
        int error = registers.checkWrite(address, data, offset, count);
        if (error == 0 && address <= ControlTable.TORQUE_ENABLE && address + count > ControlTable.TORQUE_ENABLE
                && data[offset + ControlTable.TORQUE_ENABLE - address] == 1 && alert() != 0 && isShutDown()) {
            error = StatusError.RESULT_FAIL;
        }
        if (error == 0) {
            registers.write(address, data, offset, count);
            wasWritten();
        }
        return error;
    }

    int keep(int address, byte[] data, int offset, int count) {
        int error = registers.checkWrite(address, data, offset, count);
        if (error == 0) {
            keptAddress = address;
            kept = new byte[count];
            System.arraycopy(data, offset, kept, 0, count);
            registers.set(ControlTable.REGISTERED_INSTRUCTION, 1);
        }
        return error;
    }

    int act() {
        if (registers.get(ControlTable.REGISTERED_INSTRUCTION) == 0) {
            return StatusError.INSTRUCTION;
        }
        registers.set(ControlTable.REGISTERED_INSTRUCTION, 0);
        return write(keptAddress, kept, 0, kept.length);
    }

    void reboot() {
        registers.reboot();
        integral = 0;
        turnOffset = -turns();
        wasWritten();
    }

    int clearTurns() {
        if (Math.abs(speed) > 10 * ControlTable.VELOCITY_UNIT) {
            return StatusError.RESULT_FAIL;
        }
        turnOffset = -turns();
        measure();
        registers.set(ControlTable.GOAL_POSITION, registers.get(ControlTable.PRESENT_POSITION));
        return 0;
    }

    void overload() {
        registers.set(ControlTable.HARDWARE_ERROR_STATUS,
                registers.get(ControlTable.HARDWARE_ERROR_STATUS) | OVERLOAD);
        if (isShutDown()) {
            registers.set(ControlTable.TORQUE_ENABLE, 0);
            wasWritten();
        }
    }

    private boolean isShutDown() {
        return (registers.get(ControlTable.HARDWARE_ERROR_STATUS) & registers.get(ControlTable.SHUTDOWN)) != 0;
    }

    /// What a write means for the controller.
    private void wasWritten() {
        boolean on = energised();
        if (registers.wasWritten(ControlTable.OPERATING_MODE)) {
            int mode = registers.get(ControlTable.OPERATING_MODE);
            if (mode == ControlTable.MODE_POSITION) {
                turnOffset = -turns();
            }
            forgetGoals();
        }
        if (on && !torqueWasOn) {
            measure();
            forgetGoals();
            positionAtTorque = registers.get(ControlTable.GOAL_POSITION);
            moveWasAsked = false;
        }
        torqueWasOn = on;
        boolean turning = goalCurrent() != 0 && registers.get(ControlTable.OPERATING_MODE) == ControlTable.MODE_CURRENT;
        if (on && (turning || registers.get(ControlTable.GOAL_VELOCITY) != 0
                || registers.get(ControlTable.GOAL_POSITION) != positionAtTorque)) {
            moveWasAsked = true;
        }
    }

    private int goalCurrent() {
        return model.hasCurrent() ? registers.get(ControlTable.GOAL_CURRENT) : 0;
    }

    private void forgetGoals() {
        measure();
        registers.set(ControlTable.GOAL_POSITION, registers.get(ControlTable.PRESENT_POSITION));
        registers.set(ControlTable.GOAL_VELOCITY, 0);
        boolean pwm = registers.get(ControlTable.OPERATING_MODE) == ControlTable.MODE_PWM;
        registers.set(ControlTable.GOAL_PWM, pwm ? 0 : registers.get(ControlTable.PWM_LIMIT));
        if (model.hasCurrent()) {
            boolean limit = registers.get(ControlTable.OPERATING_MODE) == ControlTable.MODE_CURRENT_BASED_POSITION;
            registers.set(ControlTable.GOAL_CURRENT, limit ? registers.get(ControlTable.CURRENT_LIMIT) : 0);
        }
        integral = 0;
    }

    private int ticks() {
        return (int) Math.round(angle / ControlTable.RADIANS_PER_TICK) + ControlTable.CENTER
                + registers.get(ControlTable.HOMING_OFFSET);
    }

    private int turns() {
        return Math.floorDiv(ticks(), ControlTable.TICKS_PER_TURN) * ControlTable.TICKS_PER_TURN;
    }

    private void measure() {
        registers.set(ControlTable.PRESENT_POSITION, ticks() + turnOffset);
        registers.set(ControlTable.PRESENT_VELOCITY, Math.round(speed / ControlTable.VELOCITY_UNIT));
        double load = model.hasCurrent() ? torque / model.torqueConstant() / model.currentUnit()
                : 1000 * torque / model.stallTorque();
        registers.set(ControlTable.PRESENT_CURRENT, Math.round(load));
    }

    /// Stops, because nobody has talked for too long.
    void watchdogStrikes() {
        registers.set(ControlTable.BUS_WATCHDOG, ControlTable.WATCHDOG_STRUCK);
        forgetGoals();
    }

    /// Works out the effort on the joint for one step.
    ///
    /// @param position of the joint [rad or m]
    /// @param velocity of the joint [rad/s or m/s]
    /// @return [N m or N]
    double step(long now, double seconds, double position, double velocity) {
        angle = position / mount.metersPerRadian();
        speed = velocity / mount.metersPerRadian();
        torque = energised() ? motorTorque(seconds) : 0;
        blockedSeconds = Math.abs(torque) >= OVERLOAD_PART * model.stallTorque() ? blockedSeconds + seconds : 0;
        if (blockedSeconds > OVERLOAD_SECONDS) {
            overload();
        }
        measure();
        registers.set(ControlTable.REALTIME_TICK, now / 1_000_000 & 0x7fff);
        registers.set(ControlTable.MOVING, Math.abs(speed) > 10 * ControlTable.VELOCITY_UNIT ? 1 : 0);
        registers.set(ControlTable.PRESENT_PWM, Math.round(PWM_FULL
                * Math.clamp(torque / model.stallTorque() + speed / model.noLoadSpeed(), -1, 1)));
        return (torque + motor.friction(speed)) / mount.metersPerRadian();
    }

    private double motorTorque(double seconds) {
        double full = model.stallTorque();
        double current = goalCurrent() * model.currentUnit() * model.torqueConstant();
        return switch (registers.get(ControlTable.OPERATING_MODE)) {
            case ControlTable.MODE_CURRENT -> motor.limited(current, speed);
            case ControlTable.MODE_PWM -> motor.atVoltage((double) registers.get(ControlTable.GOAL_PWM) / PWM_FULL,
                    speed);
            case ControlTable.MODE_VELOCITY -> motor.limited(
                    velocityTorque(registers.get(ControlTable.GOAL_VELOCITY) * ControlTable.VELOCITY_UNIT, seconds),
                    speed);
            case ControlTable.MODE_CURRENT_BASED_POSITION -> Math.clamp(motor.limited(positionTorque(full), speed),
                    -Math.abs(current), Math.abs(current));
            default -> motor.limited(positionTorque(full), speed);
        };
    }

    private double velocityTorque(double goal, double seconds) {
        double gain = model.stallTorque() / (FULL_TORQUE_AT_SPEED * model.noLoadSpeed());
        double error = goal - speed;
        integral = Math.clamp(integral + gain * VELOCITY_INTEGRAL * error * seconds, -model.stallTorque(),
                model.stallTorque());
        return gain * error + integral;
    }

    private double positionTorque(double full) {
        int error = registers.get(ControlTable.GOAL_POSITION) - (ticks() + turnOffset);
        return full / FULL_TORQUE_AT * (error * ControlTable.RADIANS_PER_TICK - DAMPING_SECONDS * speed);
    }
}
