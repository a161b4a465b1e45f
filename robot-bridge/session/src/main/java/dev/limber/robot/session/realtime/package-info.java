/// Time as a control loop needs it: absolute deadlines and a real-time priority.
package dev.limber.robot.session.realtime;
