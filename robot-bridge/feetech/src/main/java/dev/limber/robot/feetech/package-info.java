/// Robots of Feetech STS servos on a serial line.
package dev.limber.robot.feetech;
