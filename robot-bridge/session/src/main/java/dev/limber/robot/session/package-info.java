/// Control sessions as a service: robots by name, one thread for each loop and one for what is kept of it.
package dev.limber.robot.session;
