package dev.limber.robot.dynamixel;

import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.ServoModel;

/// One servo and the joint it moves: how registers become SI units and back.
final class Servo {

    /// What a servo does at present.
    enum Doing {
        /// No torque.
        NOTHING,
        /// What is sent.
        OBEYING,
        /// Keeps its position.
        HOLDING,
        /// Brakes.
        DAMPING
    }

    final int id;
    final String joint;
    final boolean actuated;
    private final double sign;
    private final double offset;
    /// Metres per radian, 1 where the joint turns.
    private final double scale;
    private final boolean slides;
    private final double givenTorque;

    private ServoModel model = ServoModel.all().getFirst();
    private double torquePerUnit;
    int firmware;
    int operatingMode;
    int lowTicks = Integer.MIN_VALUE;
    int highTicks = Integer.MAX_VALUE;
    int velocityLimit;
    int currentLimit;
    Doing doing = Doing.NOTHING;

    Servo(int id, String joint, boolean actuated, double sign, double offset, double metres, double torque) {
        this.id = id;
        this.joint = joint;
        this.actuated = actuated;
        this.sign = sign;
        this.offset = offset;
        slides = metres != 0;
        scale = metres == 0 ? 1 : metres;
        givenTorque = torque;
    }

    void model(ServoModel found) {
        model = found;
        torquePerUnit = (givenTorque > 0 ? givenTorque : found.torqueConstant()) * found.currentUnit();
    }

    ServoModel model() {
        return model;
    }

    boolean slides() {
        return slides;
    }

    double position(int ticks) {
        return offset + sign * scale * (ticks - ControlTable.CENTER) * ControlTable.RADIANS_PER_TICK;
    }

    double velocity(int raw) {
        return sign * scale * raw * ControlTable.VELOCITY_UNIT;
    }

    /// NaN where the model does not measure current.
    double effort(int raw) {
        return model.hasCurrent() ? sign * raw * torquePerUnit / scale : Double.NaN;
    }

    int ticks(double position) {
        double ticks = ControlTable.CENTER + sign * (position - offset) / scale / ControlTable.RADIANS_PER_TICK;
        return (int) Math.round(Math.clamp(ticks, lowTicks, highTicks));
    }

    int rawVelocity(double velocity) {
        double raw = sign * velocity / scale / ControlTable.VELOCITY_UNIT;
        return (int) Math.round(Math.clamp(raw, -velocityLimit, velocityLimit));
    }

    int rawCurrent(double effort) {
        return (int) Math.round(Math.clamp(sign * effort * scale / torquePerUnit, -currentLimit, currentLimit));
    }

    double maxVelocity() {
        return velocityLimit * ControlTable.VELOCITY_UNIT * scale;
    }

    double maxEffort() {
        return (model.hasCurrent() ? currentLimit * torquePerUnit : model.stallTorque()) / scale;
    }

    double low() {
        return Math.min(position(lowTicks), position(highTicks));
    }

    double high() {
        return Math.max(position(lowTicks), position(highTicks));
    }

    /// For messages.
    String words() {
        return "joint '" + joint + "' (servo " + id + ")";
    }
}
