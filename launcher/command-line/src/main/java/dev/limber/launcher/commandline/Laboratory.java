package dev.limber.launcher.commandline;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Recordings;
import dev.limber.api.study.Studies;
import org.osgi.framework.BundleContext;
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
        ServiceReference<Studies> reference = context.getServiceReference(Studies.class);
        if (reference == null) {
            throw new UsageException("the bundle dev.limber.study is not installed");
        }
        return context.getService(reference);
    }

    /// What reads recorded sessions; its bundle may be missing.
    Recordings recordings() {
        ServiceReference<Recordings> reference = context.getServiceReference(Recordings.class);
        if (reference == null) {
            throw new UsageException("the bundle dev.limber.robot.recording is not installed");
        }
        return context.getService(reference);
    }
}
