/// Tests of teleoperation, with devices that do what they are told.
package dev.limber.robot.teleoperation;
