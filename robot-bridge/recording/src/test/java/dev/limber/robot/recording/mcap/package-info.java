/// Tests of the container format.
package dev.limber.robot.recording.mcap;
