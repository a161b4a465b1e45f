/// Robots that are not there: a model on a physics engine in real time, and joints that do what they are told.
package dev.limber.robot.simulated;
