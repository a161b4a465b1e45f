package dev.limber.robot.feetech;

import com.fazecast.jSerialComm.SerialPort;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotFactory;
import dev.limber.robot.serial.SerialLine;
import dev.limber.robot.serial.LineInUseException;
import dev.limber.robot.serial.ServoMount;
import dev.limber.robot.serial.feetech.FeetechTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Robots of Feetech STS servos; the address is the serial device.
@Component(service = RobotFactory.class)
@Plugin(name = "feetech", description = "Feetech STS servos on a serial line; address: the device, as /dev/ttyUSB0")
@Designate(ocd = FeetechSettings.class)
public final class FeetechFactory implements RobotFactory {

    /// A packet's length is one byte, of which each servo's goal takes three.
    private static final int MOST_SERVOS = 83;

    @Override
    public Robot create(String address, Options options) {
        FeetechSettings settings = options.as(FeetechSettings.class);
        if (address.isBlank()) {
            throw new UsageException("robot 'feetech' needs the serial device as its address: feetech:/dev/ttyUSB0");
        }
        if (settings.baud() <= 0 || !(settings.velocity() > 0)) {
            throw new UsageException("options 'baud' and 'velocity' are " + settings.baud() + " and "
                    + settings.velocity() + ", both must be above 0");
        }
        var lists = new ServoMount.Lists(settings.ids(), settings.joints(), settings.measured(), settings.signs(),
                settings.offsets(), settings.metres(), settings.torques());
        List<ServoMount> mounts = ServoMount.parse(lists, FeetechTable.MAX_ID);
        if (mounts.size() > MOST_SERVOS) {
            throw new UsageException("option 'ids' has " + mounts.size() + " servos, one packet to all of them takes "
                    + MOST_SERVOS + " at most");
        }
        return new FeetechRobot(address, settings, mounts.toArray(ServoMount[]::new));
    }

    /// Pings every id on each device at the baud of the settings; servos answer, and do nothing else.
    @Override
    public List<String> scan(Options options) {
        FeetechSettings settings = options.as(FeetechSettings.class);
        String[] devices = settings.devices().isBlank()
                ? Arrays.stream(SerialPort.getCommPorts()).map(SerialPort::getSystemPortPath).toArray(String[]::new)
                : ServoMount.words(settings.devices());
        List<String> found = new ArrayList<>();
        for (String device : devices) {
            try (FeetechMaster bus = bus(device, settings.baud(), settings)) {
                for (int id = 0; id <= FeetechTable.MAX_ID; id++) {
                    if (bus.hears(id)) {
                        found.add(device + " servo " + id + " at " + settings.baud() + " baud: Feetech STS");
                    }
                }
            } catch (LineInUseException busy) {
                found.add(busy.getMessage());
            } catch (RobotException unusable) {
                // Somebody else's device, or one that does not know this baud.
            }
        }
        return found;
    }

    @Override
    public void setId(String address, Options options, int from, int to) {
        FeetechSettings settings = options.as(FeetechSettings.class);
        if (to < 0 || to > FeetechTable.MAX_ID || from == to) {
            throw new UsageException("a servo's new id is " + to + ", it must be another one, from 0 to "
                    + FeetechTable.MAX_ID);
        }
        try (FeetechMaster bus = bus(address, settings.baud(), settings)) {
            requireWithoutTorque(bus, from);
            if (bus.ping(to)) {
                throw new UsageException("there is a servo " + to + " already on " + address);
            }
            bus.write(from, FeetechTable.LOCK, 1, 0, FeetechMaster.PATIENCE);
            bus.writeSilently(from, FeetechTable.ID, to);
            requireAnswer(bus, to, "servo " + from + " did not become " + to);
            bus.write(to, FeetechTable.LOCK, 1, 1, FeetechMaster.PATIENCE);
        }
    }

    @Override
    public void setBaud(String address, Options options, int id, int baud) {
        FeetechSettings settings = options.as(FeetechSettings.class);
        int index = Arrays.stream(FeetechTable.bauds()).boxed().toList().indexOf(baud);
        if (index < 0) {
            throw new UsageException("a servo's new speed is " + baud + " baud, it must be one of "
                    + Arrays.toString(FeetechTable.bauds()));
        }
        try (FeetechMaster bus = bus(address, settings.baud(), settings)) {
            requireWithoutTorque(bus, id);
            bus.write(id, FeetechTable.LOCK, 1, 0, FeetechMaster.PATIENCE);
            bus.writeSilently(id, FeetechTable.BAUD_RATE, index);
        }
        try (FeetechMaster bus = bus(address, baud, settings)) {
            requireAnswer(bus, id, "servo " + id + " does not answer at " + baud + " baud");
            bus.write(id, FeetechTable.LOCK, 1, 1, FeetechMaster.PATIENCE);
        }
    }

    private static FeetechMaster bus(String device, int baud, FeetechSettings settings) {
        return new FeetechMaster(new SerialLine(device, baud), baud, settings.timeout());
    }

    private static void requireWithoutTorque(FeetechMaster bus, int id) {
        requireAnswer(bus, id, "servo " + id + " does not answer; check cable, power, id and baud");
        if (bus.read(id, FeetechTable.TORQUE_ENABLE, 1) != 0) {
            throw new UsageException("servo " + id + " has torque, and takes this only without; stop it first");
        }
    }

    private static void requireAnswer(FeetechMaster bus, int id, String otherwise) {
        if (!bus.ping(id)) {
            throw new RobotException(RobotException.Kind.TIMEOUT, otherwise);
        }
    }
}
