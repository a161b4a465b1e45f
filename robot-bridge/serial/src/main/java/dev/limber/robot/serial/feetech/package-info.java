/// The protocol of Feetech's STS and SMS servos: packets, addresses and models, for those who drive servos and for those
/// who emulate them.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.robot.serial.feetech;
