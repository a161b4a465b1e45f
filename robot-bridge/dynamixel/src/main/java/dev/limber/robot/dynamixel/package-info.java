/// Robots of Dynamixel servos of the X series on a serial line, by Protocol 2.0.
package dev.limber.robot.dynamixel;
