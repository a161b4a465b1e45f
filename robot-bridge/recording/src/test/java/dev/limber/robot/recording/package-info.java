/// Tests of recordings.
package dev.limber.robot.recording;
