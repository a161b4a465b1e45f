package dev.limber.robot.serial.dynamixel;

import java.util.List;
import java.util.Optional;

/// A model of servo, with what its page in ROBOTIS' e-Manual says of it at its recommended voltage: torques, currents and speeds of
/// `_data/dxl_x_info.yml` in github.com/ROBOTIS-GIT/emanual, limits and units of the control tables in `docs/en/dxl/x/`. The velocity limits of
/// XL430-W250 and XM540-W150 differ between versions of these pages (265 and 415, 230 and 380); the driver reads what a servo really has.
///
/// @param number what it answers to a ping
/// @param name as printed on it
/// @param stallTorque [N m]
/// @param stallCurrent [A]
/// @param noLoadSpeed [rad/s]
/// @param voltage the recommended one [V]
/// @param currentUnit what 1 means in its registers of current [A]; 0 where it does not measure current
/// @param currentLimit the highest current its register takes, in that unit
/// @param velocityLimit what its register of the velocity limit holds at first
/// @param fastFirmware the first firmware with fast sync read; 256 where there is none
public record ServoModel(int number, String name, double stallTorque, double stallCurrent, double noLoadSpeed,
        double voltage, double currentUnit, int currentLimit, int velocityLimit, int fastFirmware) {

    private static final int NEVER = 256;
    private static final double RPM = 2 * Math.PI / 60;

    private static final List<ServoModel> MODELS = List.of(
            new ServoModel(1190, "XL330-M077", 0.215, 1.47, 383 * RPM, 5, 0.001, 1750, 1620, 46),
            new ServoModel(1200, "XL330-M288", 0.52, 1.47, 103 * RPM, 5, 0.001, 1750, 445, 46),
            new ServoModel(1210, "XC330-T181", 0.76, 0.8, 104 * RPM, 11.1, 0.001, 910, 510, 46),
            new ServoModel(1220, "XC330-T288", 0.92, 0.8, 65 * RPM, 11.1, 0.001, 910, 320, 46),
            new ServoModel(1230, "XC330-M181", 0.6, 1.8, 129 * RPM, 5, 0.001, 2352, 545, 46),
            new ServoModel(1240, "XC330-M288", 0.93, 1.8, 81 * RPM, 5, 0.001, 2352, 350, 46),
            new ServoModel(1060, "XL430-W250", 1.4, 1.3, 57 * RPM, 11.1, 0, 0, 265, 45),
            new ServoModel(1070, "XC430-W150", 1.6, 1.4, 106 * RPM, 12, 0, 0, 460, 45),
            new ServoModel(1080, "XC430-W240", 1.9, 1.4, 70 * RPM, 12, 0, 0, 306, 45),
            new ServoModel(1090, "2XL430-W250", 1.4, 1.3, 57 * RPM, 11.1, 0, 0, 250, NEVER),
            new ServoModel(1030, "XM430-W210", 3.0, 2.3, 77 * RPM, 12, 0.00269, 1193, 330, 45),
            new ServoModel(1020, "XM430-W350", 4.1, 2.3, 46 * RPM, 12, 0.00269, 1193, 200, 45),
            new ServoModel(1130, "XM540-W150", 7.3, 4.4, 53 * RPM, 12, 0.00269, 2047, 230, 45),
            new ServoModel(1120, "XM540-W270", 10.6, 4.4, 30 * RPM, 12, 0.00269, 2047, 128, 45),
            new ServoModel(1010, "XH430-W210", 2.5, 1.3, 50 * RPM, 12, 0.00269, 648, 210, 45),
            new ServoModel(1000, "XH430-W350", 3.4, 1.3, 30 * RPM, 12, 0.00269, 648, 130, 45),
            new ServoModel(1110, "XH540-W150", 7.1, 4.9, 70 * RPM, 12, 0.00269, 2047, 300, 45),
            new ServoModel(1100, "XH540-W270", 9.9, 4.9, 39 * RPM, 12, 0.00269, 2047, 167, 45));

    /// The model that answers with a number; empty where it is not known.
    public static Optional<ServoModel> of(int number) {
        return MODELS.stream().filter(model -> model.number == number).findFirst();
    }

    /// All known models.
    public static List<ServoModel> all() {
        return MODELS;
    }

    /// Whether it measures current, and so can be commanded by it.
    public boolean hasCurrent() {
        return currentUnit > 0;
    }

    /// Torque per current, between standing still and turning freely [N m/A].
    public double torqueConstant() {
        return stallTorque / stallCurrent;
    }
}
