package dev.limber.launcher.commandline;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import org.osgi.framework.BundleContext;

/// The services that commands work with.
///
/// @param context of the command line's bundle
/// @param catalog what is installed
/// @param experiments what starts runs and reads them
/// @param deployments what is deployed
record Laboratory(BundleContext context, Catalog catalog, Experiments experiments, Deployments deployments) {}
