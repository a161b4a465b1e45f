package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;

/// Which robot: `KIND:ADDRESS`.
///
/// @param kind name of the driver
/// @param address where it is, in the driver's syntax
record RobotName(String kind, String address) {

    /// Reads what a user typed.
    static RobotName of(String typed, Laboratory laboratory) {
        int colon = typed.indexOf(':');
        if (colon < 1 || colon == typed.length() - 1) {
            throw new UsageException("a robot is named KIND:ADDRESS, as dynamixel:/dev/ttyUSB0, not '" + typed + "'");
        }
        return new RobotName(
                Names.matchOrKeep(typed.substring(0, colon), laboratory.catalog().plugins(PluginKind.ROBOTS)),
                typed.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind + ":" + address;
    }
}
