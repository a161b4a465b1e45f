package dev.limber.api.robot;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
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
    /// @return what was found, one line for each: address, a space, what answered there or that somebody else uses it; empty where nothing was or
    ///         the kind cannot look
    default List<String> scan(Options options) {
        return List.of();
    }

    /// Gives a drive another id, which it keeps without power. Nothing may have torque, and no session may be open.
    ///
    /// @param address as for [#create]
    /// @param from the drive's id
    /// @param to the id that it is to have; nobody may have it
    /// @throws dev.limber.api.plugin.UsageException where the kind has no ids to set, or an id cannot be
    /// @throws RobotException where the drive does not answer or does not take it
    default void setId(String address, Options options, int from, int to) {
        throw new UsageException("the ids of this kind of robot cannot be set");
    }

    /// Gives a drive another speed of the line, which it keeps without power. Nothing may have torque, and no session may be open.
    ///
    /// @param address as for [#create]
    /// @param id of the drive
    /// @param baud the speed that it is to have [bit/s]
    /// @throws dev.limber.api.plugin.UsageException where the kind has no speed to set, or it cannot be
    /// @throws RobotException where the drive does not answer or does not take it
    default void setBaud(String address, Options options, int id, int baud) {
        throw new UsageException("the speed of this kind of robot cannot be set");
    }
}
