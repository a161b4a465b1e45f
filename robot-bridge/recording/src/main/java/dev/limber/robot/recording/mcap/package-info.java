/// The container format MCAP, written and read; see <https://mcap.dev/spec>.
package dev.limber.robot.recording.mcap;
