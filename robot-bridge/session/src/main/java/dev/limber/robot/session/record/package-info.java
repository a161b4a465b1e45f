/// What is told and kept of a session, on a thread that may be slow.
package dev.limber.robot.session.record;
