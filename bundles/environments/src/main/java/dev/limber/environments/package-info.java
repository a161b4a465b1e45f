/// What environments have in common: a [BatchEnvironment][dev.limber.environments.BatchEnvironment] does everything but
/// the equations, which are a [Kernel][dev.limber.environments.Kernel].
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.environments;
