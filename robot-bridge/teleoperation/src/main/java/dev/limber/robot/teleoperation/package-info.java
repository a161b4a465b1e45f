/// People as controllers: gamepad and keyboard, with a dead-man button and an emergency stop.
package dev.limber.robot.teleoperation;
