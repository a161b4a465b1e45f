package dev.limber.robot.can;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Drives of ODrive, by the name of the CAN interface.
@Component
@Plugin(name = "odrive", description = "ODrive drives over CAN (CANSimple), at a CAN interface")
@Designate(ocd = CanSettings.class)
public final class OdriveRobotFactory implements RobotFactory {

    @Override
    public Robot create(String address, Options options) {
        CanSettings settings = options.as(CanSettings.class);
        List<Axis> axes = Axis.parse(settings.joints(), OdriveProtocol.LAST_NODE);
        var protocol = new OdriveProtocol(settings.watchdog());
        return new CanRobot(() -> SocketCan.open(address, protocol.fd()), protocol, axes, settings);
    }
}
