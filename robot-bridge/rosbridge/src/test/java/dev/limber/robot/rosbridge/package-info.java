/// Tests of the rosbridge driver, with a server in the same process.
package dev.limber.robot.rosbridge;
