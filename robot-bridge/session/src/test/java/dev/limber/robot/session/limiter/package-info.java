/// Tests of the limiter.
package dev.limber.robot.session.limiter;
