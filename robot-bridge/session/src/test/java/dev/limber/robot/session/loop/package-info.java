/// Tests of the states and cycles, on a clock that the tests step.
package dev.limber.robot.session.loop;
