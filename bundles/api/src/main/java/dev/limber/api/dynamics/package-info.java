/// The function a world holds: the dynamics p(x'|x, u), given by a simulator or learned, for planners to plan with.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.dynamics;
