/// What no command gets past: limits of position, velocity, acceleration, rate, effort and work space.
package dev.limber.robot.session.limiter;
