/// Tests of whole sessions, on the machine's clock.
package dev.limber.robot.session;
