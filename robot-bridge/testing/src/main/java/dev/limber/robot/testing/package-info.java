/// Robots that are not there, behind a real serial device: pseudo-terminals, servo buses with registers and faults as
/// those of the manufacturers, and mechanisms that move as rigid bodies do.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.robot.testing;
