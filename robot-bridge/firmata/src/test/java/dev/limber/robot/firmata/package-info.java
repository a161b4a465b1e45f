/// Tests of the Firmata driver, with a board at the other end of a pseudo-terminal.
package dev.limber.robot.firmata;
