/// The function a user holds: the reward r(x, u, x'), written by hand as a term or learned.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.reward;
