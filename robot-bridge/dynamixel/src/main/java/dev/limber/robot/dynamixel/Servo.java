package dev.limber.robot.dynamixel;

import dev.limber.robot.serial.ServoMount;
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
    private final ServoMount mount;
    private final double perRadian;

    private ServoModel model = ServoModel.all().getFirst();
    private double torquePerUnit;
    int firmware;
    int operatingMode;
    int lowTicks = Integer.MIN_VALUE;
    int highTicks = Integer.MAX_VALUE;
    int velocityLimit;
    int currentLimit;
    Doing doing = Doing.NOTHING;

    Servo(ServoMount mount) {
        this.mount = mount;
        id = mount.id();
        joint = mount.joint();
        actuated = mount.actuated();
        perRadian = mount.perRadian();
    }

    void model(ServoModel found) {
        model = found;
        torquePerUnit = (mount.torque() > 0 ? mount.torque() : found.torqueConstant()) * found.currentUnit();
    }

    ServoModel model() {
        return model;
    }

    boolean slides() {
        return mount.slides();
    }

    double position(int ticks) {
        return mount.offset() + perRadian * (ticks - ControlTable.CENTER) * ControlTable.RADIANS_PER_TICK;
    }

    double velocity(int raw) {
        return perRadian * raw * ControlTable.VELOCITY_UNIT;
    }

    /// NaN where the model does not measure current.
    double effort(int raw) {
        return model.hasCurrent() ? raw * torquePerUnit / perRadian : Double.NaN;
    }

    int ticks(double position) {
        double ticks = ControlTable.CENTER + (position - mount.offset()) / perRadian / ControlTable.RADIANS_PER_TICK;
        return (int) Math.round(Math.clamp(ticks, lowTicks, highTicks));
    }

    int rawVelocity(double velocity) {
        double raw = velocity / perRadian / ControlTable.VELOCITY_UNIT;
        return (int) Math.round(Math.clamp(raw, -velocityLimit, velocityLimit));
    }

    int rawCurrent(double effort) {
        return (int) Math.round(Math.clamp(effort * perRadian / torquePerUnit, -currentLimit, currentLimit));
    }

    double maxVelocity() {
        return velocityLimit * ControlTable.VELOCITY_UNIT * Math.abs(perRadian);
    }

    double maxEffort() {
        return (model.hasCurrent() ? currentLimit * torquePerUnit : model.stallTorque()) / Math.abs(perRadian);
    }

    double low() {
        return Math.min(position(lowTicks), position(highTicks));
    }

    double high() {
        return Math.max(position(lowTicks), position(highTicks));
    }

    /// For messages.
    String words() {
        return mount.words();
    }
}
