package dev.limber.robot.can;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Drives of moteus, by the name of the CAN interface.
@Component
@Plugin(name = "moteus", description = "moteus drives over CAN FD, at a CAN interface")
@Designate(ocd = CanSettings.class)
public final class MoteusRobotFactory implements RobotFactory {

    @Override
    public Robot create(String address, Options options) {
        CanSettings settings = options.as(CanSettings.class);
        List<Axis> axes = Axis.parse(settings.joints(), MoteusProtocol.LAST_NODE);
        var protocol = protocol(settings, axes);
        return new CanRobot(() -> SocketCan.open(address, protocol.fd()), protocol, axes, settings);
    }

    /// Every drive gets the limits of the joint that needs most.
    static MoteusProtocol protocol(CanSettings settings, List<Axis> axes) {
        double torque = axes.stream().mapToDouble(axis -> settings.effort() / Math.abs(axis.gear)).max().orElseThrow();
        double turns = axes.stream().mapToDouble(axis -> settings.velocity() * Math.abs(axis.gear) / (2 * Math.PI))
                .max()
                .orElseThrow();
        return new MoteusProtocol(torque, turns);
    }
}
