/// The control loop: one cycle after the other on a thread of its own, from the measurement to the command.
package dev.limber.robot.session.loop;
