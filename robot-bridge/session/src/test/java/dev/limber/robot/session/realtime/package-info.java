/// Tests of clock and priority.
package dev.limber.robot.session.realtime;
