/// Dynamixel Protocol 2.0 as ROBOTIS describes it in its e-Manual (https://emanual.robotis.com/docs/en/dxl/protocol2/):
/// packets, addresses and models, for those who drive servos and for those who emulate them.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.robot.serial.dynamixel;
