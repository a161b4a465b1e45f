package dev.limber.robot.dynamixel;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.robot.dynamixel.Servo.Doing;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.StatusError;
import java.util.Arrays;

/// Reads all servos together, by one fast sync read where every firmware can and by a sync read otherwise.
///
/// Readings of states ask for different numbers of bytes in turn, so that an answer that comes up to six cycles too late is told from the one
/// that is waited for. All other readings of one byte ask for those around it too, each for as many as no other does, for the same reason.
final class StateReading {

    /// Current, velocity and position.
    static final int STATE_BYTES = 10;
    /// Of the registers before them, which every model has: clock, moving, present PWM.
    static final int MORE_BYTES = 6;
    /// From whether there is torque to what is wrong with the servo.
    private static final int WELL_BYTES = ControlTable.HARDWARE_ERROR_STATUS + 1 - ControlTable.TORQUE_ENABLE;
    /// Voltage and temperature.
    private static final int VOLTAGE_BYTES = 3;

    private final BusMaster bus;
    private final Servo[] servos;
    private final int[] ids;
    private final boolean fast;
    private final byte[] bytes;
    private final int[] errors;
    private int more;

    /// @param fast whether all servos answer with one packet
    StateReading(BusMaster bus, Servo[] servos, boolean fast) {
        this.bus = bus;
        this.servos = servos;
        this.fast = fast;
        ids = Arrays.stream(servos).mapToInt(servo -> servo.id).toArray();
        bytes = new byte[servos.length * (STATE_BYTES + MORE_BYTES)];
        errors = new int[servos.length];
    }

    /// Reads where the joints are. Allocates nothing unless it fails.
    void read(JointStates target) {
        int each = STATE_BYTES + more;
        more = more == MORE_BYTES ? 0 : more + 1;
        ask(ControlTable.PRESENT_CURRENT - (each - STATE_BYTES), each);
        long now = System.nanoTime();
        for (int i = 0; i < servos.length; i++) {
            if (errors[i] != 0) {
                throw fault(servos[i]);
            }
        }
        for (int i = 0; i < servos.length; i++) {
            int at = i * each + each - STATE_BYTES;
            target.efforts()[i] = servos[i].effort((short) number(at, 2));
            target.velocities()[i] = servos[i].velocity(number(at + 2, 4));
            target.positions()[i] = servos[i].position(number(at + 6, 4));
        }
        target.nanoTime()[0] = now;
    }

    private int number(int at, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at + i] & 0xff) << 8 * i;
        }
        return value;
    }

    /// Reads the same bytes of all servos; what is left in the errors is whether they are well.
    ///
    /// @throws RobotException also where a servo answers without them: zeros are in their place then
    private void ask(int address, int size) {
        bus.readTogether(ids, address, size, fast, bytes, errors);
        for (int i = 0; i < servos.length; i++) {
            if ((errors[i] & ~StatusError.ALERT) != 0) {
                throw new RobotException(Kind.CORRUPT, servos[i].words() + " " + StatusError.words(errors[i]));
            }
        }
    }

    private RobotException fault(Servo servo) {
        bus.hurry(true);
        try {
            return servo.fault(StatusError.hardware(bus.read(servo.id, ControlTable.HARDWARE_ERROR_STATUS, 1)));
        } catch (RobotException unread) {
            return servo.fault("a fault that could not be read");
        } finally {
            bus.hurry(false);
        }
    }

    /// Reads temperatures, voltages and what is wrong with the drives.
    ///
    /// @param watchdog that servos have which do what is sent, in its register's unit
    void readHealth(DriveHealth target, int watchdog) {
        int[] watchdogs = new int[servos.length];
        String[] complaints = new String[servos.length];
        readBytes(ControlTable.BUS_WATCHDOG, 1, 0, watchdogs);
        ask(ControlTable.TORQUE_ENABLE, WELL_BYTES);
        for (int i = 0; i < servos.length; i++) {
            int hardware = bytes[WELL_BYTES * i + WELL_BYTES - 1] & 0xff;
            boolean torque = bytes[WELL_BYTES * i] == 1;
            boolean forgot = servos[i].doing == Doing.OBEYING && !(torque && watchdogs[i] == watchdog);
            complaints[i] = complaint(hardware, watchdogs[i] == ControlTable.WATCHDOG_STRUCK, forgot);
        }
        ask(ControlTable.PRESENT_INPUT_VOLTAGE, VOLTAGE_BYTES);
        for (int i = 0; i < servos.length; i++) {
            target.voltages()[i] = number(VOLTAGE_BYTES * i, 2) / 10.0;
            target.temperatures()[i] = bytes[VOLTAGE_BYTES * i + 2] & 0xff;
            target.errors()[i] = complaints[i];
        }
    }

    /// @param hardware its hardware error status
    /// @param struck whether its watchdog has struck
    /// @param forgot whether it should do what is sent, but has no torque or not its watchdog
    private static String complaint(int hardware, boolean struck, boolean forgot) {
        if (hardware != 0) {
            return StatusError.hardware(hardware);
        }
        if (struck) {
            return "stopped by its watchdog";
        }
        return forgot ? "loss of torque or watchdog, as after a loss of power" : "";
    }

    /// @param modes receives the operating mode of each servo [servos]
    void readOperatingModes(int[] modes) {
        readBytes(ControlTable.OPERATING_MODE - 4, 5, 4, modes);
    }

    /// @param torques receives 1 for each servo that has its torque, 0 for one that has not [servos]
    void readTorques(int[] torques) {
        readBytes(ControlTable.TORQUE_ENABLE, 2, 0, torques);
    }

    /// Reads some bytes of each servo, of which one is wanted.
    private void readBytes(int address, int size, int wanted, int[] values) {
        ask(address, size);
        for (int i = 0; i < servos.length; i++) {
            values[i] = bytes[size * i + wanted] & 0xff;
        }
    }
}
