/// Arduinos with StandardFirmata: hobby servos, and analog inputs as measured positions.
package dev.limber.robot.firmata;
