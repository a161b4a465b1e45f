package dev.limber.robot.dynamixel;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.dynamixel.Servo.Doing;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.StatusError;

/// Gives servos torque in an operating mode, one by one and each in a state in which it moves nothing, and sets their watchdogs.
final class Energising {

    private static final double ROUNDING = 1e-9;

    private final BusMaster bus;
    private final Servo[] servos;
    private int watchdog;

    /// @param servos that may get torque
    Energising(BusMaster bus, Servo[] servos) {
        this.bus = bus;
        this.servos = servos;
    }

    /// The watchdog that is set, in its register's unit; 0 for none.
    int watchdog() {
        return watchdog;
    }

    /// Sets the watchdog of all of them.
    ///
    /// @param seconds 0 for none
    void setWatchdog(double seconds) {
        int units = (int) Math.floor(seconds / ControlTable.WATCHDOG_SECONDS + ROUNDING);
        boolean off = seconds == 0;
        if (!off && !(units >= 1
                && seconds <= ControlTable.WATCHDOG_LONGEST * ControlTable.WATCHDOG_SECONDS + ROUNDING)) {
            throw new RobotException(Kind.REFUSED, "the watchdog of Dynamixel servos cannot be " + seconds
                    + " s, only 0 for none or 0.02 to 2.54 s");
        }
        for (Servo servo : servos) {
            armWatchdog(servo, units);
        }
        watchdog = units;
    }

    private void armWatchdog(Servo servo, int units) {
        bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, 0);
        bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, units);
        int taken = bus.read(servo.id, ControlTable.BUS_WATCHDOG, 1);
        if (taken != units) {
            throw new RobotException(Kind.REFUSED, servo.words() + " has a watchdog of "
                    + taken * ControlTable.WATCHDOG_SECONDS + " s after it was told another");
        }
    }

    /// Gives a servo torque that has no fault, to do what is sent.
    void energise(Servo servo, int operatingMode) {
        int bits = bus.read(servo.id, ControlTable.HARDWARE_ERROR_STATUS, 1);
        if (bits != 0) {
            throw servo.fault(StatusError.hardware(bits));
        }
        change(servo, operatingMode);
        servo.doing = Doing.OBEYING;
    }

    /// Gives a servo torque in an operating mode in which it moves nothing.
    void change(Servo servo, int operatingMode) {
        boolean other = servo.operatingMode != operatingMode || servo.doing == Doing.NOTHING
                || servo.doing == Doing.CHANGING;
        servo.doing = Doing.CHANGING;
        if (other) {
            bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
        }
        armWatchdog(servo, 0);
        if (other) {
            bus.write(servo.id, ControlTable.OPERATING_MODE, 1, operatingMode);
            servo.operatingMode = operatingMode;
        }
        bus.write(servo.id, ControlTable.PROFILE_ACCELERATION, 4, 0);
        bus.write(servo.id, ControlTable.PROFILE_VELOCITY, 4, 0);
        rest(servo);
        bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 1);
        // Servos forget their goals when they get torque.
        rest(servo);
        armWatchdog(servo, watchdog);
    }

    /// Makes a servo that turns at a speed stand, and hears from it that it does.
    void stand(Servo servo) {
        try {
            rest(servo);
        } catch (RobotException refused) {
            boolean struck = refused.kind() == Kind.REFUSED
                    && bus.read(servo.id, ControlTable.BUS_WATCHDOG, 1) == ControlTable.WATCHDOG_STRUCK;
            if (!struck) {
                throw refused; // What may still turn keeps its watchdog.
            }
            armWatchdog(servo, 0);
            rest(servo);
            armWatchdog(servo, watchdog);
        }
    }

    /// Makes a servo's goal to stay where it is.
    private void rest(Servo servo) {
        switch (servo.operatingMode) {
            case ControlTable.MODE_CURRENT -> bus.write(servo.id, ControlTable.GOAL_CURRENT, 2, 0);
            case ControlTable.MODE_VELOCITY -> bus.write(servo.id, ControlTable.GOAL_VELOCITY, 4, 0);
            case ControlTable.MODE_PWM -> bus.write(servo.id, ControlTable.GOAL_PWM, 2, 0);
            default -> {
                int ticks = bus.read(servo.id, ControlTable.PRESENT_POSITION, 4);
                boolean oneTurn = servo.operatingMode == ControlTable.MODE_POSITION;
                if (oneTurn && (ticks < servo.lowTicks || ticks > servo.highTicks)) {
                    throw new RobotException(Kind.REFUSED, servo.words() + " stands at " + servo.position(ticks)
                            + ", out of the limits of its drive, " + servo.low() + " to " + servo.high()
                            + "; move it by hand, or set positioning=extended");
                }
                if (servo.operatingMode == ControlTable.MODE_CURRENT_BASED_POSITION) {
                    bus.write(servo.id, ControlTable.GOAL_CURRENT, 2, servo.currentLimit);
                }
                bus.write(servo.id, ControlTable.GOAL_POSITION, 4, ticks);
                servo.goalTicks = ticks;
            }
        }
    }
}
