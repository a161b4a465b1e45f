package dev.limber.robot.dynamixel;

import com.fazecast.jSerialComm.SerialPort;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotFactory;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.ServoModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Robots of Dynamixel servos; the address is the serial device.
@Component(service = RobotFactory.class)
@Plugin(name = "dynamixel", description = "Dynamixel servos of the X series on a serial line; address: the device, as /dev/ttyUSB0")
@Designate(ocd = DynamixelSettings.class)
public final class DynamixelFactory implements RobotFactory {

    @Override
    public Robot create(String address, Options options) {
        DynamixelSettings settings = options.as(DynamixelSettings.class);
        if (address.isBlank()) {
            throw new UsageException(
                    "robot 'dynamixel' needs the serial device as its address: dynamixel:/dev/ttyUSB0");
        }
        if (settings.baud() <= 0) {
            throw new UsageException("option 'baud' is " + settings.baud() + ", it must be above 0");
        }
        if (!Set.of("position", "extended", "current").contains(settings.positioning())) {
            throw new UsageException("option 'positioning' is '" + settings.positioning()
                    + "', it must be position, extended or current");
        }
        double[] ids = numbers("ids", settings.ids(), 0, 0);
        String[] names = settings.joints().isBlank()
                ? Arrays.stream(ids).mapToObj(id -> "joint" + (int) id).toArray(String[]::new)
                : words(settings.joints());
        if (names.length != ids.length) {
            throw new UsageException(
                    "option 'joints' names " + names.length + " joints for " + ids.length + " servos in 'ids'");
        }
        Set<String> measured = new HashSet<>(Arrays.asList(words(settings.measured())));
        double[] signs = numbers("signs", settings.signs(), ids.length, 1);
        double[] offsets = numbers("offsets", settings.offsets(), ids.length, 0);
        double[] metres = numbers("metres", settings.metres(), ids.length, 0);
        double[] torques = numbers("torques", settings.torques(), ids.length, 0);
        Set<Integer> seen = new HashSet<>();
        Servo[] servos = new Servo[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != Math.rint(ids[i]) || ids[i] < 0 || ids[i] > Instruction.MAX_ID || !seen.add((int) ids[i])) {
                throw new UsageException("option 'ids' has " + ids[i] + ", ids are different whole numbers from 0 to "
                        + Instruction.MAX_ID);
            }
            if (Math.abs(signs[i]) != 1) {
                throw new UsageException("option 'signs' has " + signs[i] + ", it must be 1 or -1");
            }
            servos[i] = new Servo((int) ids[i], names[i], !measured.remove(names[i]), signs[i], offsets[i], metres[i],
                    torques[i]);
        }
        if (!measured.isEmpty()) {
            throw new UsageException(
                    "option 'measured' names " + measured + ", the joints are " + Arrays.asList(names));
        }
        return new DynamixelRobot(address, settings, servos);
    }

    private static String[] words(String text) {
        return text.isBlank() ? new String[0]
                : Arrays.stream(text.split(",")).map(String::strip).toArray(String[]::new);
    }

    /// @param count how many there must be; 0 for any number
    private static double[] numbers(String option, String text, int count, double missing) {
        String[] words = words(text);
        if (words.length == 0 && count > 0) {
            double[] defaults = new double[count];
            Arrays.fill(defaults, missing);
            return defaults;
        }
        if (words.length == 0 || count > 0 && words.length != count) {
            throw new UsageException("option '" + option + "' has " + words.length + " numbers, it must have "
                    + (count > 0 ? count + ", one for each servo in 'ids'" : "at least one"));
        }
        try {
            return Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException notANumber) {
            throw new UsageException(
                    "option '" + option + "' is '" + text + "', it must be numbers with commas between");
        }
    }

    /// Pings everybody on each device at each baud; servos answer, and do nothing else.
    @Override
    public List<String> scan(Options options) {
        DynamixelSettings settings = options.as(DynamixelSettings.class);
        String[] devices = settings.devices().isBlank()
                ? Arrays.stream(SerialPort.getCommPorts()).map(SerialPort::getSystemPortPath).toArray(String[]::new)
                : words(settings.devices());
        int[] bauds = settings.baud() > 0 ? new int[] {settings.baud()} : ControlTable.bauds();
        List<String> found = new ArrayList<>();
        for (String device : devices) {
            for (int baud : bauds) {
                try (var bus = new BusMaster(new SerialLine(device, baud), baud, settings.timeout())) {
                    bus.pingAll((id, model, firmware) -> found.add(device + " servo " + id + " at " + baud + " baud: "
                            + ServoModel.of(model).map(ServoModel::name).orElse("unknown model " + model)
                            + ", firmware " + firmware));
                } catch (RobotException unusable) {
                    // Somebody else's device, or one that does not know this baud.
                }
            }
        }
        return found;
    }
}
