/// Tests of the CAN drivers, with emulated drives behind the frames and on vcan where the kernel has it.
package dev.limber.robot.can;
