package dev.limber.api.robot;

import dev.limber.api.plugin.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Devices that are not there, for sessions without hardware. Register one as a service, named by
/// [dev.limber.api.plugin.Plugin] as the kind of robot that drives them.
public interface EmulatorFactory {

    /// The robots that can be emulated, each a name, a space, and what it is.
    List<String> robots();

    /// Starts one.
    ///
    /// @param robot its name
    /// @param options faults of the line and the like
    /// @param log receives every byte with its time; must not exist
    /// @throws dev.limber.api.plugin.UsageException where there is no such robot or the options cannot be
    Emulation start(String robot, Options options, Optional<Path> log);

    /// A device that is emulated until it is closed.
    interface Emulation extends AutoCloseable {

        /// Where it is, in the syntax of its kind of robot: "/dev/pts/3".
        String address();

        /// The options that its kind of robot needs to drive it.
        Options options();

        @Override
        void close();
    }
}
