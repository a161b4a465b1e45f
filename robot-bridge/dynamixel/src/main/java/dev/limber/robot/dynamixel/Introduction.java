package dev.limber.robot.dynamixel;

import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.dynamixel.Servo.Doing;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.ServoModel;

/// Finds out what servos are, how they are set, and whether they already have torque. Writes nothing that moves or energises.
///
/// @param where the line and its speed, for messages
/// @param positioning as the settings say it
record Introduction(BusMaster bus, String where, String positioning) {

    private static final int ANSWERS_ALL = 2;

    /// Meets a servo.
    ///
    /// @return how long it waits before it answers [s]
    double meet(Servo servo) {
        int found = bus.ping(servo.id);
        if (found < 0) {
            throw new RobotException(Kind.TIMEOUT,
                    servo.words() + " does not answer on " + where + "; check cable, power, id and baud");
        }
        int number = found & 0xffff;
        servo.model(ServoModel.of(number).orElseThrow(() -> new RobotException(Kind.REFUSED, servo.words()
                + " is model " + number + ", known are " + ServoModel.all().stream().map(ServoModel::name).toList())));
        servo.firmware = found >> 16;
        bus.writeSilently(servo.id, ControlTable.STATUS_RETURN_LEVEL, ANSWERS_ALL);
        servo.operatingMode = bus.read(servo.id, ControlTable.OPERATING_MODE, 1);
        servo.velocityLimit = Math.max(1, bus.read(servo.id, ControlTable.VELOCITY_LIMIT, 4));
        servo.currentLimit = servo.model().hasCurrent() ? Math.max(1, bus.read(servo.id, ControlTable.CURRENT_LIMIT, 2))
                : 0;
        if (servo.actuated && positionMode(servo) == ControlTable.MODE_POSITION) {
            servo.lowTicks = bus.read(servo.id, ControlTable.MIN_POSITION_LIMIT, 4);
            servo.highTicks = bus.read(servo.id, ControlTable.MAX_POSITION_LIMIT, 4);
        } else {
            servo.lowTicks = -ControlTable.EXTENDED_LIMIT;
            servo.highTicks = ControlTable.EXTENDED_LIMIT;
        }
        if ((servo.doing == Doing.NOTHING || servo.doing == Doing.CHANGING)
                && bus.read(servo.id, ControlTable.TORQUE_ENABLE, 1) == 1) {
            servo.doing = Doing.HOLDING;
        }
        return bus.read(servo.id, ControlTable.RETURN_DELAY_TIME, 1) * ControlTable.DELAY_SECONDS;
    }

    /// The operating mode in which a servo takes positions.
    int positionMode(Servo servo) {
        return switch (positioning) {
            case "current" -> ControlTable.MODE_CURRENT_BASED_POSITION;
            case "extended" -> ControlTable.MODE_EXTENDED_POSITION;
            default -> servo.slides() ? ControlTable.MODE_EXTENDED_POSITION : ControlTable.MODE_POSITION;
        };
    }
}
