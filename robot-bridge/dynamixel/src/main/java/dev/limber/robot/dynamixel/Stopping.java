package dev.limber.robot.dynamixel;

import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.dynamixel.Servo.Doing;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// Stops servos: tells all of them first, together and without waiting for answers; then asks all together whether they did, and tells those
/// again one by one that did not. On a line that no longer answers that takes a few timeouts, however many servos there are; whoever stops
/// tells again.
///
/// In efforts and in damping a servo has to lose its torque for a moment before it holds, for it changes its operating mode only then.
final class Stopping {

    /// How many timeouts those that do not answer may take of a stop.
    private static final int PATIENT_STOPS = 4;

    private final BusMaster bus;
    private final Servo[] servos;
    private final StateReading reading;
    private final Energising energising;
    private final long patience;
    private final int[] modes;
    private final int[] torques;

    /// @param timeout of an answer [s]
    Stopping(BusMaster bus, Servo[] servos, StateReading reading, Energising energising, double timeout) {
        this.bus = bus;
        this.servos = servos;
        this.reading = reading;
        this.energising = energising;
        patience = Math.round(PATIENT_STOPS * timeout * 1e9);
        modes = new int[servos.length];
        torques = new int[servos.length];
    }

    /// Stops each servo in its way.
    void stop(StopWay[] ways) {
        bus.hurry(true);
        try {
            releaseAtOnce(ways);
            restAtOnce(ControlTable.MODE_CURRENT, ControlTable.GOAL_CURRENT, 2);
            restAtOnce(ControlTable.MODE_VELOCITY, ControlTable.GOAL_VELOCITY, 4);
            dampAtOnce(ways);
            recognise(ways);
            stopOneByOne(ways);
        } finally {
            bus.hurry(false);
        }
    }

    /// Goes through a stop where no servo has torque, in which nothing is sent but questions: the first one that matters must not
    /// wait until the JVM has loaded and linked its code. Does nothing where a servo has torque.
    void rehearse() {
        if (Arrays.stream(servos).allMatch(servo -> servo.doing == Doing.NOTHING)) {
            var ways = new StopWay[servos.length];
            Arrays.fill(ways, StopWay.TORQUE_OFF);
            stop(ways);
        }
    }

    /// Takes the torque from servos, as far as they can be reached: from all together, then from each that has not said it did.
    ///
    /// @param held whether also from those that were told to hold
    void release(boolean held) {
        bus.hurry(true);
        try {
            writeTogether(ControlTable.TORQUE_ENABLE, 1, 0, i -> held || servos[i].doing != Doing.HOLDING);
            for (Servo servo : servos) {
                if (servo.actuated && (held || servo.doing != Doing.HOLDING)) {
                    servo.doing = released(servo) ? Doing.NOTHING : Doing.CHANGING;
                }
            }
        } finally {
            bus.hurry(false);
        }
    }

    private boolean released(Servo servo) {
        try {
            bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
            return true;
        } catch (RobotException unreachable) {
            return false; // What stops it now is its watchdog.
        }
    }

    /// Leaves alone those that were told to hold, for as long as they have power.
    void leaveHolding() {
        bus.hurry(true);
        for (Servo servo : servos) {
            if (servo.actuated && servo.doing == Doing.HOLDING) {
                bus.write(servo.id, ControlTable.BUS_WATCHDOG, 1, 0);
            }
        }
    }

    /// Takes the torque from those that are to fall, and from those that have to change their mode before they damp.
    private void releaseAtOnce(StopWay[] ways) {
        writeTogether(ControlTable.TORQUE_ENABLE, 1, 0, i -> servos[i].doing != Doing.NOTHING
                && (ways[i] == StopWay.TORQUE_OFF || startsToDamp(i, ways)));
    }

    private void restAtOnce(int operatingMode, int address, int size) {
        writeTogether(address, size, 0,
                i -> servos[i].doing == Doing.OBEYING && servos[i].operatingMode == operatingMode);
    }

    private boolean startsToDamp(int index, StopWay[] ways) {
        Doing doing = servos[index].doing;
        return ways[index] == StopWay.DAMP && doing != Doing.NOTHING && doing != Doing.DAMPING;
    }

    private void dampAtOnce(StopWay[] ways) {
        IntPredicate starts = i -> startsToDamp(i, ways);
        writeTogether(ControlTable.BUS_WATCHDOG, 1, 0, starts);
        writeTogether(ControlTable.OPERATING_MODE, 1, ControlTable.MODE_PWM, starts);
        writeTogether(ControlTable.GOAL_PWM, 2, 0, starts);
        writeTogether(ControlTable.TORQUE_ENABLE, 1, 1, starts);
        // Also those that damp already: their watchdog waits for it.
        writeTogether(ControlTable.GOAL_PWM, 2, 0, i -> starts.test(i) || servos[i].doing == Doing.DAMPING);
        writeTogether(ControlTable.BUS_WATCHDOG, 1, energising.watchdog(), starts);
        for (int i = 0; i < servos.length; i++) {
            if (starts.test(i)) {
                servos[i].doing = Doing.CHANGING;
                servos[i].operatingMode = ControlTable.MODE_PWM;
            }
        }
    }

    /// Writes the same number to all servos of a kind with one packet, which none of them answers.
    private void writeTogether(int address, int size, int value, IntPredicate which) {
        boolean any = false;
        bus.begin(Instruction.BROADCAST_ID, Instruction.SYNC_WRITE).put16(address).put16(size);
        for (int i = 0; i < servos.length; i++) {
            if (servos[i].actuated && which.test(i)) {
                bus.put(1, servos[i].id);
                bus.put(size, value);
                any = true;
            }
        }
        if (any) {
            bus.send();
        }
    }

    /// Asks all together what they do; whoever does as it was told is done.
    private void recognise(StopWay[] ways) {
        try {
            reading.readOperatingModes(modes);
            reading.readTorques(torques);
        } catch (RobotException lost) {
            if (lost.kind() == Kind.DISCONNECTED) {
                throw lost;
            }
            return; // Those that changed are asked one by one.
        }
        for (int i = 0; i < servos.length; i++) {
            Servo servo = servos[i];
            boolean torque = torques[i] == 1;
            if (servo.doing == Doing.NOTHING) {
                continue;
            }
            servo.doing = switch (ways[i]) {
                case TORQUE_OFF -> torque ? Doing.CHANGING : Doing.NOTHING;
                case DAMP -> torque && modes[i] == ControlTable.MODE_PWM ? Doing.DAMPING : Doing.CHANGING;
                case HOLD -> {
                    // Who lost its power, or shut itself down, holds nothing; what gives it torque again is arming alone.
                    boolean lost = !torque && servo.doing != Doing.CHANGING;
                    boolean cannot = servo.doing == Doing.HOLDING && !holds(modes[i]);
                    yield lost ? Doing.NOTHING : cannot ? Doing.CHANGING : servo.doing;
                }
            };
        }
    }

    /// Whether a servo keeps a position in an operating mode, or stands at speed 0.
    private static boolean holds(int operatingMode) {
        return operatingMode != ControlTable.MODE_CURRENT && operatingMode != ControlTable.MODE_PWM;
    }

    /// Tells those that are not known to have stopped, and gives up when it takes too long.
    private void stopOneByOne(StopWay[] ways) {
        long enough = System.nanoTime() + patience;
        RobotException failure = null;
        for (int i = 0; i < servos.length && (failure == null || System.nanoTime() - enough < 0); i++) {
            Servo servo = servos[i];
            boolean done = servo.doing == Doing.NOTHING || ways[i] == StopWay.DAMP && servo.doing == Doing.DAMPING
                    || ways[i] == StopWay.HOLD && servo.doing == Doing.HOLDING;
            if (!done) {
                try {
                    stop(servo, ways[i]);
                } catch (RobotException lost) {
                    failure = failure == null ? lost : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void stop(Servo servo, StopWay way) {
        switch (way) {
            case TORQUE_OFF -> {
                bus.write(servo.id, ControlTable.TORQUE_ENABLE, 1, 0);
                servo.doing = Doing.NOTHING;
            }
            case HOLD -> {
                if (servo.doing == Doing.CHANGING || !holds(servo.operatingMode)) {
                    energising.change(servo, ControlTable.MODE_EXTENDED_POSITION);
                } else if (servo.operatingMode == ControlTable.MODE_VELOCITY) {
                    energising.stand(servo);
                }
                servo.doing = Doing.HOLDING;
            }
            case DAMP -> {
                // Without voltage the motor is shorted: it brakes, and needs nobody to tell it again.
                energising.change(servo, ControlTable.MODE_PWM);
                servo.doing = Doing.DAMPING;
            }
        }
    }
}
