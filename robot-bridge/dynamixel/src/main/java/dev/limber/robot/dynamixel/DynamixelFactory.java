package dev.limber.robot.dynamixel;

import com.fazecast.jSerialComm.SerialPort;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotFactory;
import dev.limber.robot.serial.LineInUseException;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.ServoMount;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.ServoModel;
import java.util.ArrayList;
import java.util.Arrays;
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
        var lists = new ServoMount.Lists(settings.ids(), settings.joints(), settings.measured(), settings.signs(),
                settings.offsets(), settings.metres(), settings.torques());
        return new DynamixelRobot(address, settings,
                ServoMount.parse(lists, Instruction.MAX_ID).stream().map(Servo::new).toArray(Servo[]::new));
    }

    /// Pings everybody on each device at each baud; servos answer, and do nothing else.
    @Override
    public List<String> scan(Options options) {
        DynamixelSettings settings = options.as(DynamixelSettings.class);
        String[] devices = settings.devices().isBlank()
                ? Arrays.stream(SerialPort.getCommPorts()).map(SerialPort::getSystemPortPath).toArray(String[]::new)
                : ServoMount.words(settings.devices());
        int[] bauds = settings.baud() > 0 ? new int[] {settings.baud()} : ControlTable.bauds();
        List<String> found = new ArrayList<>();
        for (String device : devices) {
            for (int baud : bauds) {
                try (var bus = new BusMaster(new SerialLine(device, baud), baud, settings.timeout())) {
                    bus.pingAll((id, model, firmware) -> found.add(device + " servo " + id + " at " + baud + " baud: "
                            + ServoModel.of(model).map(ServoModel::name).orElse("unknown model " + model)
                            + ", firmware " + firmware));
                } catch (LineInUseException busy) {
                    found.add(busy.getMessage());
                    break;
                } catch (RobotException unusable) {
                    // Somebody else's device, or one that does not know this baud.
                }
            }
        }
        return found;
    }

    @Override
    public void setId(String address, Options options, int from, int to) {
        DynamixelSettings settings = options.as(DynamixelSettings.class);
        if (to < 0 || to > Instruction.MAX_ID || from == to) {
            throw new UsageException("a servo's new id is " + to + ", it must be another one, from 0 to "
                    + Instruction.MAX_ID);
        }
        try (var bus = new BusMaster(new SerialLine(address, settings.baud()), settings.baud(), settings.timeout())) {
            requireWithoutTorque(bus, from);
            if (bus.ping(to) >= 0) {
                throw new UsageException("there is a servo " + to + " already on " + address);
            }
            bus.writeSilently(from, ControlTable.ID, to);
            requireAnswer(bus, to, "servo " + from + " did not become " + to);
        }
    }

    @Override
    public void setBaud(String address, Options options, int id, int baud) {
        DynamixelSettings settings = options.as(DynamixelSettings.class);
        int index = Arrays.stream(ControlTable.bauds()).boxed().toList().indexOf(baud);
        if (index < 0) {
            throw new UsageException("a servo's new speed is " + baud + " baud, it must be one of "
                    + Arrays.toString(ControlTable.bauds()));
        }
        try (var bus = new BusMaster(new SerialLine(address, settings.baud()), settings.baud(), settings.timeout())) {
            requireWithoutTorque(bus, id);
            bus.writeSilently(id, ControlTable.BAUD_RATE, index);
        }
        try (var bus = new BusMaster(new SerialLine(address, baud), baud, settings.timeout())) {
            requireAnswer(bus, id, "servo " + id + " does not answer at " + baud + " baud");
        }
    }

    private static void requireWithoutTorque(BusMaster bus, int id) {
        requireAnswer(bus, id, "servo " + id + " does not answer; check cable, power, id and baud");
        if (bus.read(id, ControlTable.TORQUE_ENABLE, 1) != 0) {
            throw new UsageException("servo " + id + " has torque, and takes this only without; stop it first");
        }
    }

    private static void requireAnswer(BusMaster bus, int id, String otherwise) {
        if (bus.ping(id) < 0) {
            throw new RobotException(RobotException.Kind.TIMEOUT, otherwise);
        }
    }
}
