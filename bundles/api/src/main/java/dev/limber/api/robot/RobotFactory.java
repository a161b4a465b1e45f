package dev.limber.api.robot;

import dev.limber.api.plugin.Options;
import java.util.List;

/// A kind of robot or driver. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface RobotFactory {

    /// Builds a robot that is not connected.
    ///
    /// @param address where it is, in the factory's own syntax: "/dev/ttyUSB0"
    /// @throws dev.limber.api.plugin.UsageException where address or options cannot be
    Robot create(String address, Options options);

    /// Looks for robots without disturbing them.
    ///
    /// @return what was found, one line for each: address, a space, what answered there; empty where nothing was or the kind cannot look
    default List<String> scan(Options options) {
        return List.of();
    }
}
