package dev.limber.launcher.commandline;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.Recordings;
import dev.limber.api.session.RobotSessions;
import dev.limber.api.study.Studies;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/// The services that commands work with.
///
/// @param context of the command line's bundle
/// @param catalog what is installed
/// @param experiments what starts runs and reads them
/// @param deployments what is deployed
record Laboratory(BundleContext context, Catalog catalog, Experiments experiments, Deployments deployments) {

    /// What runs and compares many of them; its bundle may be missing.
    Studies studies() {
        return service(Studies.class, "dev.limber.study");
    }

    /// What drives robots; its bundle may be missing.
    RobotSessions sessions() {
        return service(RobotSessions.class, "dev.limber.robot.session");
    }

    /// What reads recorded sessions; its bundle may be missing.
    Recordings recordings() {
        return service(Recordings.class, "dev.limber.robot.recording");
    }

    /// A way to drive robots, by its name.
    ///
    /// @throws UsageException naming the nearest one where there is none
    ControllerFactory controllers(String name) {
        String known = Names.matchOrKeep(name, catalog.plugins(PluginKind.CONTROLLERS));
        catalog.plugin(PluginKind.CONTROLLERS, known);
        try {
            return context.getServiceReferences(ControllerFactory.class, "(" + Plugin.NAME + "=" + known + ")").stream()
                    .findFirst().map(context::getService)
                    .orElseThrow(
                            () -> new UsageException("the plug-in of controller '" + known + "' is going; try again"));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T service(Class<T> type, String bundle) {
        ServiceReference<T> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new UsageException("the bundle " + bundle + " is not installed");
        }
        return context.getService(reference);
    }
}
