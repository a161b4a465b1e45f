package dev.limber.api.session;

import dev.limber.api.plugin.Options;

/// A kind of controller that is no policy: a person with a gamepad, a recording. Register one as a service, named by
/// [dev.limber.api.plugin.Plugin].
public interface ControllerFactory {

    /// Makes a controller for a session, to be given to [RobotSession#run(String, Controller)].
    ///
    /// @param session that it will drive in, connected: its joints, its limits, its emergency stop
    /// @throws dev.limber.api.plugin.UsageException where the device is missing, or does not fit the robot
    Controller create(RobotSession session, Options options);
}
