package dev.limber.api.robot;

import dev.limber.api.plugin.Options;

/// A kind of robot or driver. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface RobotFactory {

    /// Builds a robot that is not connected.
    ///
    /// @param address where it is, in the factory's own syntax: "/dev/ttyUSB0"
    Robot create(String address, Options options);
}
