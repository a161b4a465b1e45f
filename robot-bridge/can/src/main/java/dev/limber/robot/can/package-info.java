/// Motor controllers on a CAN bus: moteus and ODrive, over Linux's SocketCAN.
package dev.limber.robot.can;
