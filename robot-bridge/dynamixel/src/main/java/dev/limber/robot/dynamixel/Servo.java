package dev.limber.robot.dynamixel;

import dev.limber.api.robot.RobotException;
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
        DAMPING,
        /// Something of these: it was told to change, and nobody knows how far it got.
        CHANGING
    }

    /// What is so close to a step is that step.
    private static final double ROUNDING = 1e-6;

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
    int goalTicks;
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

    /// The goal for a position: rounded towards the last goal, so that it is never beyond either of them.
    int towards(double position) {
        double ticks = ControlTable.CENTER + (position - mount.offset()) / perRadian / ControlTable.RADIANS_PER_TICK;
        double within = Math.clamp(ticks, lowTicks, highTicks);
        return (int) (within > goalTicks ? Math.floor(within + ROUNDING) : Math.ceil(within - ROUNDING));
    }

    /// Rounded towards 0.
    int rawVelocity(double velocity) {
        double raw = velocity / perRadian / ControlTable.VELOCITY_UNIT;
        return inwards(Math.clamp(raw, -velocityLimit, velocityLimit));
    }

    /// Rounded towards 0.
    int rawCurrent(double effort) {
        return inwards(Math.clamp(effort * perRadian / torquePerUnit, -currentLimit, currentLimit));
    }

    private static int inwards(double raw) {
        return (int) (raw + Math.copySign(ROUNDING, raw));
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

    /// What it says is wrong with itself, as an exception.
    RobotException fault(String what) {
        return new RobotException(RobotException.Kind.DRIVE_FAULT, words() + " reports " + what
                + "; remove the cause, then switch its power off and on");
    }

    /// For messages.
    String words() {
        return mount.words();
    }
}
