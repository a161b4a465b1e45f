package dev.limber.robot.rosbridge;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import java.net.URI;
import java.net.URISyntaxException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Robots of ROS, by the address of their rosbridge server.
@Component
@Plugin(name = "rosbridge", description = "Robots of ROS 1 and ROS 2 through rosbridge, at HOST:PORT")
@Designate(ocd = RosbridgeSettings.class)
public final class RosbridgeRobotFactory implements RobotFactory {

    private static final int PORT = 9090;

    @Override
    public Robot create(String address, Options options) {
        RosbridgeSettings settings = options.as(RosbridgeSettings.class);
        if (settings.command().equals("trajectory") && !settings.mode().equals("position")) {
            throw new UsageException("trajectories are of positions; set command=array for a controller of "
                    + settings.mode());
        }
        return new RosbridgeRobot(uri(address), settings);
    }

    private static URI uri(String address) {
        try {
            URI uri = new URI(address.contains("://") ? address : "ws://" + address);
            boolean webSocket = uri.getScheme().equals("ws") || uri.getScheme().equals("wss");
            if (!webSocket || uri.getHost() == null || uri.getFragment() != null) {
                throw new URISyntaxException(address, "");
            }
            return uri.getPort() >= 0
                    ? uri
                    : new URI(uri.getScheme(), null, uri.getHost(), PORT, uri.getPath(), uri.getQuery(), null);
        } catch (URISyntaxException wrong) {
            throw new UsageException("'" + address + "' is no address of a rosbridge server; give HOST, HOST:PORT or "
                    + "ws://HOST:PORT/PATH");
        }
    }
}
