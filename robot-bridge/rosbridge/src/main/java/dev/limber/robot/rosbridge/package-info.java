/// Robots of ROS 1 and ROS 2, through rosbridge's JSON over WebSocket.
package dev.limber.robot.rosbridge;
